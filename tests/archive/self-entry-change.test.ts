/** What is particular to writing and reviewing self-reported entries (G7.2d, G7.3, G13.1, 2.4, 2.5). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refusedBy } from '../academics/office-files.js';
import { selfEntryPlan } from '../change/self-entry.plan.js';
import { disclosedTo } from '../support/access-log.js';
import { useArchive } from '../support/archive-in-use.js';
import { startCollege, type TestCollege } from '../support/college.js';
import {
  EnumValue,
  mutate as request,
  mutationText,
  on,
  type ChangedRow,
  type Outcome,
} from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { entry } from './own-rows.js';

const STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const SCHOOL_ADMIN = 'T0001';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AT = '2026-04-12T10:00:00+08:00';
const FIELDS = 'id version edition entryId state title';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
});
beforeEach(() => useArchive(college, STUDENT));
afterAll(() => college.stop());

type Row = ChangedRow;
const mutate = (
  person: string,
  name: string,
  args: object,
  headers: Record<string, string> = {},
  fields = FIELDS,
): Promise<Outcome> =>
  request(college, person, { name, noun: 'SelfEntry', args: { ...args }, fields }, headers);
const own = (name: string, args: object, fields?: string) =>
  mutate(STUDENT, name, args, {}, fields);
const kind = (name: string) => ({ kind: new EnumValue(name) });
const decision = (name: string) => ({ decision: new EnumValue(name) });

/** Errors of the payload, as code and path. */
function refusals({ answer }: Outcome, name: string): unknown {
  const payload = answer.data?.[name] as { errors: { code: string; path: string[] }[] };
  return payload.errors.map(({ code, path }) => [code, ...path].join(' '));
}
const saveRefused = async (args: object) =>
  refusals(await own('saveEntryDraft', args), 'saveEntryDraft');

const certificate = (more: object = {}) => ({
  ...kind('CERTIFICATE'),
  title: randomUUID(),
  organisation: '教育考试院',
  certificateNo: 'NCRE20251234',
  startOn: '2025-07-01',
  proofs: ['ZM-1'],
  ...more,
});

async function submitted(content: object = certificate()): Promise<Row> {
  const saved = await own('saveEntryDraft', content);
  return (await own('submitEntry', on(saved.row))).row;
}
async function reviewed(row: Row, came: string, by = COLLEGE_ADMIN): Promise<Outcome> {
  const claimed = await mutate(by, 'claimEntry', on(row), REVIEW);
  return mutate(by, 'reviewEntry', { ...on(claimed.row), ...decision(came) }, REVIEW);
}
const approved = async (content?: object) =>
  (await reviewed(await submitted(content), 'APPROVE')).row;

const statesOf = async ({ entryId }: Row): Promise<string[]> => {
  const rows = await asOwner<{ text: string }>(
    college,
    'archive',
    `select edition || ' ' || state as text from self_entry where entry_id = $1 order by edition`,
    [entryId],
  );
  return rows.map(({ text }) => text);
};

describe('What a draft may say (2.5)', () => {
  test.each([
    ['a title that is blank', { title: ' ' }, 'VALIDATION title'],
    ['a title that turns the direction of a text', { title: 'a\u202Eb' }, 'VALIDATION title'],
    ['a title that is too long', { title: '长'.repeat(101) }, 'VALIDATION title'],
    ['a start after today', { startOn: '2026-04-13' }, 'VALIDATION startOn'],
    ['an end before the start', { endOn: '2025-06-30' }, 'VALIDATION endOn'],
    ['a part of another kind', { phone: '19900001001' }, 'VALIDATION phone'],
    ['an address that is none', { verifyUrl: 'http://a.invalid' }, 'VALIDATION verifyUrl'],
    ['the address of a proof', { proofs: ['https://a.invalid/1'] }, 'VALIDATION proofs'],
    ['a path as a proof', { proofs: ['C:\\1.pdf'] }, 'VALIDATION proofs'],
    ['a proof twice', { proofs: ['ZM-1', 'ZM-1'] }, 'VALIDATION proofs'],
    ['a blank proof', { proofs: [' '] }, 'VALIDATION proofs'],
    [
      'too many proofs',
      { proofs: Array.from({ length: 21 }, (_, at) => `ZM-${at}`) },
      'VALIDATION proofs',
    ],
  ])('not %s', async (_, more, refused) => {
    expect(await saveRefused(certificate(more))).toEqual([refused]);
  });

  test.each([
    ['a phone number', { ...kind('BASIC'), title: 'a', phone: '12' }, 'VALIDATION phone'],
    ['a country', { ...kind('EXCHANGE'), title: 'a', country: 'XX' }, 'VALIDATION country'],
    ['hours', { ...kind('TRAINING'), title: 'a', hours: '1.25' }, 'VALIDATION hours'],
    ['a credit code', { ...kind('INTERNSHIP'), title: 'a', uscc: '1' }, 'VALIDATION uscc'],
  ])('%s in its form', async (_, content, refused) => {
    expect(await saveRefused(content)).toEqual([refused]);
  });

  test('of a certificate no more than the end of its number is stored, nor in the log', async () => {
    const { row } = await own('saveEntryDraft', certificate());
    const [stored] = await asOwner(
      college,
      'archive',
      `select detail->>'numberMasked' as shown, detail::text like '%NCRE%' as "isWhole"
       from self_entry where id = $1`,
      [row.id],
    );
    expect(stored).toEqual({ shown: '********1234', isWhole: false });
  });

  test.each([
    ['BASIC', { phone: '199 0000 1001', hobbies: '围棋' }, []],
    ['EDUCATION', { organisation: '示范一中', level: '61' }, ['organisation', 'level']],
    ['TRAINING', { organisation: '红十字会', hours: '16' }, ['organisation']],
    ['PROJECT', { role: '开发', proofs: ['ZM-1'] }, ['role', 'proofs']],
    [
      'POST',
      { organisation: '学生会', role: '部长', level: '校级', proofs: ['ZM-1'] },
      ['organisation', 'role', 'level', 'proofs'],
    ],
    ['INTERNSHIP', { organisation: '示范公司', uscc: '91990000MA0000001B' }, ['organisation']],
    ['WORKSTUDY', { organisation: '图书馆', role: '助理' }, ['organisation', 'role']],
    ['EMPLOYMENT', { organisation: '示范公司', role: '工程师' }, ['organisation', 'role']],
    [
      'CERTIFICATE',
      { organisation: '教育考试院', certificateNo: 'A-1', proofs: ['ZM-1'] },
      ['organisation', 'certificateNo', 'proofs'],
    ],
    [
      'EXCHANGE',
      { organisation: '示范大学', country: 'DE', proofs: ['ZM-1'] },
      ['organisation', 'country', 'proofs'],
    ],
  ] as const)('%s is submitted with what it needs, and not without', async (name, more, needed) => {
    const whole = { ...kind(name), title: randomUUID(), startOn: '2025-07-01', ...more };
    let saved = await own('saveEntryDraft', { ...kind(name), title: whole.title });
    const lacks = async () =>
      refusals(await own('submitEntry', on(saved.row)), 'submitEntry') as string[];
    expect(await lacks()).toEqual(['VALIDATION startOn']);
    for (const part of needed) {
      const without = { ...whole, [part]: part === 'proofs' ? [] : '' };
      saved = await own('saveEntryDraft', { ...without, ...on(saved.row) });
      expect(await lacks()).toEqual([`VALIDATION ${part}`]);
    }
    saved = await own('saveEntryDraft', { ...whole, ...on(saved.row) });
    const { row } = await own('submitEntry', on(saved.row), 'id version state dueOn submittedAt');
    // Ten working days after a Sunday.
    expect(row).toMatchObject({
      state: 'SUBMITTED',
      dueOn: '2026-04-24',
      submittedAt: '2026-04-12T02:00:00.000Z',
    });
  });

  test('a draft is saved as a whole, at the version that was seen, and its kind stays', async () => {
    const first = await own('saveEntryDraft', certificate());
    const title = randomUUID();
    const second = await own('saveEntryDraft', { ...kind('CERTIFICATE'), title, ...on(first.row) });
    expect(second.row).toMatchObject({ id: first.row.id, version: 2, edition: 1, title });
    const { answer } = await own(
      'saveEntryDraft',
      { ...kind('CERTIFICATE'), title, ...on(second.row) },
      'organisation startOn proofs { id } detail { ... on CertificateDetail { name numberMasked } }',
    );
    expect(answer.data?.['saveEntryDraft']).toMatchObject({
      selfEntry: {
        organisation: null,
        startOn: null,
        proofs: [],
        detail: { name: title, numberMasked: null },
      },
    });
    const other = { ...kind('POST'), title, id: first.row.id };
    expect((await own('saveEntryDraft', { ...other, expectedVersion: 1 })).came).toBe(
      'VERSION_CONFLICT',
    );
    expect(await saveRefused({ ...other, expectedVersion: 3 })).toEqual(['VALIDATION kind']);
  });

  test('a row is named by number and version together; one alone is refused and names the other', async () => {
    const { row } = await own('saveEntryDraft', certificate());
    const count = 'select count(*)::integer as n from self_entry where student_no = $1';
    const before = await asOwner(college, 'archive', count, [STUDENT]);
    expect(await saveRefused(certificate({ id: row.id }))).toEqual(['VALIDATION expectedVersion']);
    expect(await saveRefused(certificate({ expectedVersion: row.version }))).toEqual([
      'VALIDATION id',
    ]);
    expect(await asOwner(college, 'archive', count, [STUDENT])).toEqual(before);
    expect(await saveRefused({ ...certificate(), ...on(row) })).toEqual([]);
  });

  test('a draft that is saved twice under one number is one draft', async () => {
    const content = { ...certificate(), clientMutationId: randomUUID() };
    const [first, again] = [
      await own('saveEntryDraft', content),
      await own('saveEntryDraft', content),
    ];
    expect(again.row.id).toBe(first.row.id);
  });
});

describe('Two entries do not say the same', () => {
  test('not by a draft, nor by a draft that is renamed; a withdrawn one is in nobody’s way', async () => {
    const content = certificate();
    const first = await approved(content);
    expect(await saveRefused(content)).toEqual(['VALIDATION title']);
    const other = await own('saveEntryDraft', certificate());
    expect(await saveRefused({ ...content, ...on(other.row) })).toEqual(['VALIDATION title']);
    expect((await own('withdrawEntry', on(first))).came).toBe('OK');
    expect((await own('saveEntryDraft', content)).came).toBe('OK');
  });

  test('the database holds it too, and one approved and one waiting edition', async () => {
    const first = await approved();
    const { row } = await own('reviseEntry', on(first));
    const set = async (changed: string, id: string) =>
      refusedBy(college, 'archive', `update self_entry set ${changed} where id = '${id}'`);
    expect(await set(`state = 'APPROVED'`, row.id)).toBe('self_entry_one_approved');
    expect(await set(`state = 'RETURNED', review_comment = 'a'`, first.id)).toBe(
      'self_entry_one_waiting',
    );
    expect(await set(`state = 'SUBMITTED'`, row.id)).toBe('self_entry_waits');
    expect(await set(`finding_opened_at = now()`, row.id)).toBe('self_entry_finding');
    expect(await set(`start_on = null`, first.id)).toBe('self_entry_begun');
    const second = await approved();
    const same = `(title, start_on) = (select title, start_on from self_entry where id = '${first.id}')`;
    expect(await set(same, second.id)).toBe('self_entry_one');
  });

  test('a file brings the next edition of what a student revises, whatever it is called', async () => {
    const content = certificate({ title: '英语四级' });
    const first = await approved(content);
    const { row } = await own('reviseEntry', on(first));
    await own('saveEntryDraft', { ...content, title: '英语六级', ...on(row) });
    await college.bring('archive', 'self-entries', [
      entry('资格证书', { 标题: '英语四级', 结束日期: '' }),
    ]);
    expect(await statesOf(first)).toEqual(['1 SUPERSEDED', '2 SUPERSEDED', '3 APPROVED']);
  });
});

describe('Review (G7.3, G12)', () => {
  test('what is returned says why, is mended and approved; who reviewed stands in it', async () => {
    const row = await submitted();
    const claimed = await mutate(COLLEGE_ADMIN, 'claimEntry', on(row), REVIEW);
    const back = { ...on(claimed.row), ...decision('RETURN') };
    const bare = await mutate(COLLEGE_ADMIN, 'reviewEntry', { ...back, reason: ' ' }, REVIEW);
    expect(refusals(bare, 'reviewEntry')).toEqual(['VALIDATION reason']);
    const reason = 'proof unreadable';
    const returned = await mutate(COLLEGE_ADMIN, 'reviewEntry', { ...back, reason }, REVIEW);
    expect(returned.row.state).toBe('RETURNED');
    const again = await own('submitEntry', on(returned.row), `${FIELDS} reviewComment`);
    expect(again.row).toMatchObject({ state: 'SUBMITTED', reviewComment: reason });
    const { row: last } = await reviewed(again.row, 'APPROVE', SCHOOL_ADMIN);
    const [stored] = await asOwner(
      college,
      'archive',
      `select state, reviewer, approved_by as "approvedBy", recorded_by as "recordedBy"
       from self_entry where id = $1`,
      [last.id],
    );
    expect(stored).toEqual({
      state: 'APPROVED',
      reviewer: SCHOOL_ADMIN,
      approvedBy: SCHOOL_ADMIN,
      recordedBy: STUDENT,
    });
  });

  test('a rejection opens a finding, and makes no record', async () => {
    const records = () =>
      asOwner(college, 'archive', 'select count(*)::int as n from conduct_record');
    const before = await records();
    const { row } = await reviewed(await submitted(), 'REJECT');
    const mark = 'selfEntryDrafts { id state findingOpenedAt }';
    const { data } = await college.request(
      COLLEGE_ADMIN,
      `{ student(studentNo: "${STUDENT}") { ${mark} } }`,
      { headers: REVIEW },
    );
    const student = data?.['student'] as { selfEntryDrafts: Row[] } | undefined;
    expect(student?.selfEntryDrafts.find(({ id }) => id === row.id)).toEqual({
      id: row.id,
      state: 'REJECTED',
      findingOpenedAt: '2026-04-12T02:00:00.000Z',
    });
    expect(await records()).toEqual(before);
  });

  test('who declared himself related neither claims nor reviews (F-02)', async () => {
    const row = await submitted();
    const claimed = await mutate(SCHOOL_ADMIN, 'claimEntry', on(row), REVIEW);
    const waiting = await submitted();
    for (const staff_no of ['T0901', COLLEGE_ADMIN])
      await put(college, 'archive', 'relation_declaration', {
        staff_no,
        student_no: STUDENT,
        kind: 'RELATIVE',
        declared_on: '2026-01-01',
      });
    try {
      const by = (name: string, args: object) => mutate(COLLEGE_ADMIN, name, args, REVIEW);
      const review = { ...on(claimed.row), ...decision('APPROVE') };
      expect((await by('claimEntry', on(waiting))).came).toBe('SOD_VIOLATION');
      expect((await by('reviewEntry', review)).came).toBe('SOD_VIOLATION');
      expect((await mutate('T0002', 'reviewEntry', review, REVIEW)).came).toBe('OK');
    } finally {
      await asOwner(college, 'archive', 'delete from relation_declaration', []);
    }
  });

  test('who brought an entry by a file does not review it (INV-02)', async () => {
    const actor = { role: 'SCHOOL_ADMIN', person: SCHOOL_ADMIN } as const;
    const { id } = await selfEntryPlan.seed(college, STUDENT, 'IN_REVIEW', actor, '');
    await asOwner(college, 'archive', 'update self_entry set recorded_by = $1 where id = $2', [
      SCHOOL_ADMIN,
      id,
    ]);
    const review = { id, expectedVersion: 1, ...decision('RETURN') };
    expect((await mutate(SCHOOL_ADMIN, 'reviewEntry', review, REVIEW)).came).toBe('SOD_VIOLATION');
    expect((await mutate('T0002', 'reviewEntry', review, REVIEW)).came).toBe('OK');
  });

  test('another college finds nothing', async () => {
    const row = await submitted();
    expect((await mutate('T0210', 'claimEntry', on(row), REVIEW)).came).toBe('NOT_FOUND');
  });

  test('the payload shows a college administrator no more of BASIC than reading does (note 1)', async () => {
    const content = {
      ...kind('BASIC'),
      title: '家里',
      startOn: '2025-07-01',
      phone: '19900001001',
    };
    const row = await submitted(content);
    const fields = 'title startOn dueOn state detail { ... on BasicDetail { phoneMasked } }';
    const { answer } = await mutate(COLLEGE_ADMIN, 'claimEntry', on(row), REVIEW, fields);
    expect(answer.data?.['claimEntry']).toMatchObject({
      selfEntry: {
        title: null,
        startOn: null,
        dueOn: '2026-04-24',
        state: 'IN_REVIEW',
        detail: { phoneMasked: '*******1001' },
      },
    });
  });

  test('a review leaves an access event of drafts, whatever is selected (INV-12)', async () => {
    const row = await submitted();
    const claim = { name: 'claimEntry', noun: 'SelfEntry', args: on(row), fields: '__typename' };
    const text = mutationText(claim).replace('mutation', 'mutation Claim');
    await college.request(COLLEGE_ADMIN, text, { headers: REVIEW });
    const [event, ...more] = await disclosedTo(college, STUDENT, 'Claim');
    expect(more).toEqual([]);
    expect(event?.groups).toEqual({
      IDENTITY: 'ALLOW',
      SELF_ENTRY_DRAFTS: 'ALLOW',
    });
  });

  test('the queue has the due day, and the number by which it is claimed', async () => {
    const row = await submitted();
    const { data } = await college.request(
      COLLEGE_ADMIN,
      '{ reviewQueue { nodes { id version edition title dueOn submittedAt state } } }',
      { headers: REVIEW },
    );
    const queue = data?.['reviewQueue'] as { nodes: Row[] } | undefined;
    expect(queue?.nodes.find(({ id }) => id === row.id)).toEqual({
      id: row.id,
      version: row.version,
      edition: 1,
      title: row['title'],
      dueOn: '2026-04-24',
      submittedAt: '2026-04-12T02:00:00.000Z',
      state: 'SUBMITTED',
    });
  });
});

describe('Versions (G13.1)', () => {
  test('the approved one stays until the next is approved, and gives way with a line of its own', async () => {
    const content = certificate();
    const first = await approved(content);
    const { row } = await own('reviseEntry', on(first), `${FIELDS} startOn`);
    expect(row).toMatchObject({
      edition: 2,
      version: 1,
      entryId: first['entryId'],
      state: 'DRAFT',
      title: content.title,
      startOn: '2025-07-01',
    });
    expect((await own('reviseEntry', on(first))).came).toBe('STATE_CONFLICT');
    const saved = await own('saveEntryDraft', { ...content, endOn: '2025-12-01', ...on(row) });
    const again = (await own('submitEntry', on(saved.row))).row;
    expect(await statesOf(first)).toEqual(['1 APPROVED', '2 SUBMITTED']);
    await reviewed(again, 'APPROVE');
    expect(await statesOf(first)).toEqual(['1 SUPERSEDED', '2 APPROVED']);
    const lines = await asOwner(
      college,
      'archive',
      `select action, basis from operation_log where target_id = $1 order by id desc limit 1`,
      [first.id],
    );
    expect(lines).toEqual([
      { action: 'entry.supersede', basis: `entry.review SelfEntry ${again.id}` },
    ]);
  });

  test('a version that is rejected leaves the approved one where it is', async () => {
    const first = await approved();
    const { row } = await own('reviseEntry', on(first));
    await reviewed((await own('submitEntry', on(row))).row, 'REJECT');
    expect(await statesOf(first)).toEqual(['1 APPROVED', '2 REJECTED']);
  });
});

describe('The archive that it stands in (2.4)', () => {
  test.each(['FROZEN', 'CLOSED'])('%s: nothing is written, claimed or reviewed', async (state) => {
    const first = await approved();
    const draft = (await own('saveEntryDraft', certificate())).row;
    const waiting = await submitted();
    const claimed = await mutate(COLLEGE_ADMIN, 'claimEntry', on(await submitted()), REVIEW);
    await useArchive(college, STUDENT, state);
    const review = { ...on(claimed.row), ...decision('APPROVE') };
    const came = [
      await own('saveEntryDraft', certificate()),
      await own('saveEntryDraft', { ...certificate(), ...on(draft) }),
      await own('submitEntry', on(draft)),
      await own('recallEntry', on(waiting)),
      await own('reviseEntry', on(first)),
      await own('withdrawEntry', on(first)),
      await mutate(COLLEGE_ADMIN, 'claimEntry', on(waiting), REVIEW),
      await mutate(COLLEGE_ADMIN, 'reviewEntry', review, REVIEW),
    ].map((outcome) => outcome.came);
    expect(came).toEqual(Array.from({ length: 8 }, () => 'STATE_CONFLICT'));
  });

  test('an approved entry is withdrawn while the archive is in use, and not before', async () => {
    const first = await approved();
    await useArchive(college, STUDENT, 'PENDING_VERIFICATION');
    expect((await own('withdrawEntry', on(first))).came).toBe('STATE_CONFLICT');
    await useArchive(college, STUDENT);
    expect((await own('withdrawEntry', on(first))).row.state).toBe('WITHDRAWN');
  });
});

test('each of those who may act finds it among the actions of the entry', async () => {
  const actions = async (person: string, row: Row, headers = {}) => {
    const { data } = await college.request(
      person,
      `{ student(studentNo: "${STUDENT}") { selfEntries { id availableActions } } }`,
      { headers },
    );
    const entries = data?.['student'] as { selfEntries: Row[] } | undefined;
    return entries?.selfEntries.find(({ id }) => id === row.id)?.['availableActions'];
  };
  const draft = (await own('saveEntryDraft', certificate())).row;
  expect(await actions(STUDENT, draft)).toEqual(['entry.save', 'entry.submit']);
  expect(await actions(COLLEGE_ADMIN, draft, REVIEW)).toEqual([]);
  const waiting = (await own('submitEntry', on(draft))).row;
  expect(await actions(STUDENT, waiting)).toEqual(['entry.recall']);
  expect(await actions(COLLEGE_ADMIN, waiting, REVIEW)).toEqual(['entry.claim']);
  const { row } = await reviewed(waiting, 'APPROVE');
  expect(await actions(STUDENT, row)).toEqual(['entry.revise', 'entry.withdraw']);
  expect(await actions('T0101', row, REVIEW)).toEqual([]);
});
