/** SC-02: a certificate that a student reports, from its draft to its second version (G7.3, G12, G13). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EnumValue, mutate, on, type ChangedRow, type Outcome } from '../support/mutate.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';

const STUDENT = '2024010317';
const ADMIN = 'T0110';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const CASE = { 'x-case': 'EC-2025-A1' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-10T10:00:00+08:00' });
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2025-A1',
      用途: '评优',
      名称: '2025 年评优',
      主办部门: 'SAO',
      开始时间: '2025-11-01 00:00:00',
      结束时间: '2025-11-30 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
});
afterAll(() => college.stop());

const FIELDS = 'id version edition state';
const act = (person: string, name: string, args: object, headers = {}): Promise<Outcome> =>
  mutate(college, person, { name, noun: 'SelfEntry', args: { ...args }, fields: FIELDS }, headers);
const shown = ({ came, row }: Outcome) => `${came}: v${String(row['edition'])} ${row.state}`;
const CERTIFICATE = {
  kind: new EnumValue('CERTIFICATE'),
  title: 'Computer Rank II',
  organisation: 'Examinations Authority',
  certificateNo: 'NCRE20251234',
  startOn: '2025-09-20',
};
const decide = (row: ChangedRow, decision: string, reason: string) =>
  act(ADMIN, 'reviewEntry', { ...on(row), decision: new EnumValue(decision), reason }, REVIEW);

/** The version that is worked on, and the one that readers see. */
let latest: ChangedRow;
let first: ChangedRow;

test('1, 2: a draft is written and submitted', async () => {
  const draft = await act(STUDENT, 'saveEntryDraft', {
    kind: CERTIFICATE.kind,
    title: CERTIFICATE.title,
  });
  expect(shown(draft)).toBe('OK: v1 DRAFT');
  const whole = { ...CERTIFICATE, proofs: ['ZM-1'], ...on(draft.row) };
  const saved = await act(STUDENT, 'saveEntryDraft', whole);
  const submitted = await act(STUDENT, 'submitEntry', on(saved.row));
  expect(shown(submitted)).toBe('OK: v1 SUBMITTED');
  latest = submitted.row;
});

test('3: the administrator sends it back, and says why', async () => {
  const claimed = await act(ADMIN, 'claimEntry', on(latest), REVIEW);
  const returned = await decide(claimed.row, 'RETURN', 'proof unreadable');
  expect(shown(returned)).toBe('OK: v1 RETURNED');
  const drafts = '{ me { student { selfEntryDrafts { state reviewComment } } } }';
  expect((await college.request(STUDENT, drafts)).data).toEqual({
    me: {
      student: { selfEntryDrafts: [{ state: 'RETURNED', reviewComment: 'proof unreadable' }] },
    },
  });
  latest = returned.row;
});

test('4: mended and submitted again, it is approved', async () => {
  const mended = { ...CERTIFICATE, proofs: ['ZM-2'], ...on(latest) };
  const saved = await act(STUDENT, 'saveEntryDraft', mended);
  const again = await act(STUDENT, 'submitEntry', on(saved.row));
  const claimed = await act(ADMIN, 'claimEntry', on(again.row), REVIEW);
  const approved = await decide(claimed.row, 'APPROVE', 'as the register says');
  expect(shown(approved)).toBe('OK: v1 APPROVED');
  first = approved.row;
});

test('5: the student revises it; the next version waits', async () => {
  const next = await act(STUDENT, 'reviseEntry', on(first));
  expect(shown(next)).toBe('OK: v2 DRAFT');
  const changed = { ...CERTIFICATE, title: 'Computer Rank III', proofs: ['ZM-3'], ...on(next.row) };
  const saved = await act(STUDENT, 'saveEntryDraft', changed);
  const submitted = await act(STUDENT, 'submitEntry', on(saved.row));
  expect(shown(submitted)).toBe('OK: v2 SUBMITTED');
  latest = submitted.row;
});

const entriesFor = (person: string, headers: Record<string, string> = {}, more = '') => {
  const query = `{ student(studentNo: "${STUDENT}") { selfEntries { title edition state ${more} } } }`;
  return college.request(person, query, { headers });
};
const V1 = { title: 'Computer Rank II', edition: 1, state: 'APPROVED' };
const V2 = { title: 'Computer Rank III', edition: 2, state: 'SUBMITTED' };
const answered = (...selfEntries: object[]) => ({ data: { student: { selfEntries } } });

test('an awards evaluator in an open case sees the approved version alone, without its proof', async () => {
  expect(await entriesFor('T0701', CASE)).toEqual(answered(V1));
  expect(await entriesFor('T0701', CASE, 'proofs { docNo }')).toEqual({
    ...answered({ ...V1, proofs: null }),
    errors: [
      errorOf('FORBIDDEN_FIELD', ['student', 'selfEntries', 0, 'proofs'], {
        group: 'SELF_ENTRY_DRAFTS',
        clause: 'FG07',
        rule: 'EV_AWARD.FG07',
      }),
    ],
  });
});

test('the student and his administrator see both', async () => {
  expect(await entriesFor(STUDENT)).toEqual(answered(V2, V1));
  expect(await entriesFor(ADMIN, REVIEW)).toEqual(answered(V2, V1));
});

test('the Youth League sees none: a certificate is no post and no internship', async () => {
  expect(await entriesFor('T0601')).toEqual(answered());
});

test('a counsellor has no review queue', async () => {
  const queue = '{ reviewQueue { nodes { title } } }';
  expect(await college.request('T0101', queue, { headers: REVIEW })).toEqual({
    data: { reviewQueue: null },
    errors: [
      errorOf('FORBIDDEN_FIELD', ['reviewQueue'], {
        group: 'SELF_ENTRY_DRAFTS',
        clause: 'FG07',
        rule: 'COUNSELLOR.FG07',
      }),
    ],
  });
});

test('the student proposes no grade', async () => {
  const args = {
    studentNo: STUDENT,
    termCode: '2025-2026-1',
    courseCode: 'C-1',
    courseName: 'Mathematics',
    credits: '4.0',
    mark: '90',
    scoreScale: 'PERCENT',
  };
  const grade = { name: 'proposeGrade', noun: 'AcademicsImportBatch', args };
  expect((await mutate(college, STUDENT, grade)).came).toBe('FORBIDDEN_ACTION');
});

test('who declared himself related to the student does not review his entry', async () => {
  await put(college, 'archive', 'relation_declaration', {
    staff_no: ADMIN,
    student_no: STUDENT,
    kind: 'RELATIVE',
    declared_on: '2025-11-01',
  });
  const claimed = await act('T0001', 'claimEntry', on(latest), REVIEW);
  const refused = await decide(claimed.row, 'APPROVE', 'as the register says');
  expect(refused.came).toBe('SOD_VIOLATION');
  const states = await asOwner(
    college,
    'archive',
    'select edition, state from self_entry where student_no = $1 order by edition',
    [STUDENT],
  );
  expect(states).toEqual([
    { edition: 1, state: 'APPROVED' },
    { edition: 2, state: 'IN_REVIEW' },
  ]);
});
