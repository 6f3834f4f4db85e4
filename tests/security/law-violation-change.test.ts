/** A law violation from the report to the finding, and whose act may be no record (G6.1, T-03, INV-05). */
import { keyOfRecord } from '@chengxin/kit/feed/record-key';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { lawViolationPlan } from '../change/law-violation.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, refusalsOf, on, tracesOf, type ChangedRow } from '../support/mutate.js';
import { asOwner, ownerOf } from '../support/sql.js';

/** Born on 14 May 2006. */
const STUDENT = '2024010317';
const MINOR_AT = '2024-05-13';
const CLERK = 'T0501';
const REVIEWER = 'T0502';
const noun = 'LawViolation';
const AT = '2026-04-12T10:00:00+08:00';
/** The five working days after a delivery on the day of `AT` are over. */
const LATER = '2026-04-20T10:00:00+08:00';
const FOUND = { docNo: 'D-1', foundOn: '2026-04-20', evidenceDocNos: ['E-1'] };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
});
beforeEach(() => college.clock.set(AT));
// Before the clock goes back: nothing is delivered before it was sent.
afterEach(() => deliverNotices(college));
afterAll(() => college.stop());

const sql = (text: string, parameters: readonly unknown[] = []) =>
  asOwner(college, 'security', text, parameters);
const report = async (more: object = {}) => {
  const args = { ...(await lawViolationPlan.opening(college, STUDENT)), ...more };
  return mutate(college, CLERK, { name: 'reportLawViolation', noun, args });
};
const change = (name: string, row: ChangedRow, more: object = {}, person = REVIEWER) =>
  mutate(college, person, { name, noun, args: { ...on(row), ...more } });
/** Notified on the day of `AT`, and waited for. */
async function notified(more: object = {}): Promise<ChangedRow> {
  const { row } = await report(more);
  await deliverNotices(college);
  college.clock.set(LATER);
  return { ...row, version: 2 };
}
const noticesAbout = (id: string) =>
  asOwner(college, 'archive', `select subject_groups as groups from notice where subject_id = $1`, [
    id,
  ]);
const recordOf = (id: string) =>
  asOwner(
    college,
    'archive',
    `select state, recorded_by as "by", approved_by as "found" from conduct_record
     where source_id = $1`,
    [id],
  );

test.each([
  [{ actOn: '2026-04-13' }, 'VALIDATION actOn'],
  [{ category: new EnumValue('HAS_RECORD') }, 'VALIDATION category'],
  [{ caseNo: 'no number' }, 'VALIDATION caseNo'],
  [{ authority: '' }, 'VALIDATION authority'],
  // T-03: without a law or rule nothing enters.
  [{ legalBasis: ' ' }, 'VALIDATION legalBasis'],
  [{ indicatorCode: 'D1-05' }, 'VALIDATION severity'],
  // INV-04.
  [{ severity: 'S1' }, 'VALIDATION severity'],
  [{ evidenceDocNos: [''] }, 'VALIDATION evidenceDocNos'],
  [{ reason: '' }, 'VALIDATION reason'],
])('%o is refused, and the argument is named', async (more, refusal) => {
  expect(refusalsOf(await report(more), 'reportLawViolation')).toEqual([refusal]);
});

test('an act under 18 is refused as a file refuses it; nothing is stored and nothing published (INV-05)', async () => {
  await college.settle();
  const owner = await ownerOf(college, 'security');
  try {
    const before = await tracesOf(owner, lawViolationPlan);
    const minor = await report({ actOn: MINOR_AT });
    expect(minor.answer.data).toEqual({
      reportLawViolation: {
        ok: false,
        errors: [
          {
            code: 'VALIDATION',
            message: '输入有误。 The input is not valid. 依法不得录入。 It may not enter by law.',
            path: ['actOn'],
          },
        ],
        lawViolation: null,
      },
    });
    expect(await tracesOf(owner, lawViolationPlan)).toEqual(before);
    expect(await owner.query('select 1 from notice_standing')).toMatchObject({ rowCount: 0 });
  } finally {
    await owner.end();
  }
  // The student learns that his birth date was used, and a person who tries again and again is reviewed.
  await college.settle();
  const [use] = await asOwner(
    college,
    'archive',
    `select count(*)::int as count from age_refusal where student_no = $1 and actor = $2`,
    [STUDENT, CLERK],
  );
  expect(use).toEqual({ count: 1 });
  expect((await report({ actOn: '2024-05-14' })).came).toBe('OK');
});

test('found after notice and waiting time, on evidence and by another person; Student Affairs gets it', async () => {
  const row = await notified();
  college.clock.set(AT);
  expect((await change('approveLawViolation', row, FOUND)).came).toBe('STATE_CONFLICT');
  college.clock.set(LATER);
  const wrong = async (more: object) => {
    const refused = await change('approveLawViolation', row, { ...FOUND, ...more });
    return refusalsOf(refused, 'approveLawViolation');
  };
  expect(await wrong({ evidenceDocNos: [] })).toEqual(['VALIDATION evidenceDocNos']);
  expect(await wrong({ docNo: ' ' })).toEqual(['VALIDATION docNo']);
  expect(await wrong({ foundOn: '2026-04-11' })).toEqual(['VALIDATION foundOn']);
  await sql(`update law_violation set recorded_by = $2 where id = $1`, [row.id, REVIEWER]);
  expect((await change('approveLawViolation', row, FOUND)).came).toBe('SOD_VIOLATION');
  await sql(`update law_violation set recorded_by = $2 where id = $1`, [row.id, CLERK]);

  const found = await change('approveLawViolation', row, FOUND);
  expect([found.came, found.row.state]).toEqual(['OK', 'FOUND']);
  await college.settle();
  expect(await recordOf(row.id)).toEqual([{ state: 'FOUND', by: CLERK, found: REVIEWER }]);
  expect(await noticesAbout(row.id)).toEqual([{ groups: ['LAW_VIOLATIONS'] }]);
});

test('dismissed: what was on its way is not delivered, and what was delivered is closed with it', async () => {
  const { row: early } = await report();
  await college.settle();
  expect((await change('dismissLawViolation', early)).came).toBe('OK');
  await deliverNotices(college);
  expect(await noticesAbout(early.id)).toEqual([]);
  const late = await notified();
  expect((await change('dismissLawViolation', late)).came).toBe('OK');
  await college.settle();
  expect(await noticesAbout(late.id)).toEqual([{ groups: ['LAW_VIOLATIONS', 'CLOSED_CONDUCT'] }]);
  expect(await recordOf(late.id)).toEqual([]);
});

test('the number of a sealed case tells nothing: it can be used as if there were none (T-03, 3.7(15))', async () => {
  const { row } = await report({ caseNo: 'SEC-ONCE' });
  expect(refusalsOf(await report({ caseNo: 'SEC-ONCE' }), 'reportLawViolation')).toEqual([
    'VALIDATION caseNo',
  ]);
  await change('dismissLawViolation', row);
  expect((await report({ caseNo: 'SEC-ONCE' })).came).toBe('OK');
});

test('a corrected birth date takes a report away, with its notice and what the log says of it (INV-05)', async () => {
  const { row } = await report({ actOn: '2024-05-14' });
  await deliverNotices(college);
  await asOwner(
    college,
    'archive',
    `update student set birth_date = '2006-05-15' where student_no = $1`,
    [STUDENT],
  );
  // As the archive's event does, which may have come already.
  await sql(`insert into age_recheck (student_no, version) values ($1, 9) on conflict do nothing`, [
    STUDENT,
  ]);
  await runJob(college, 'security', 'barLawViolations');
  expect(await sql(`select 1 from law_violation where id = $1`, [row.id])).toEqual([]);
  expect(await sql(`select 1 from record_key where key = $1`, [row.id])).toEqual([]);
  expect(await noticesAbout(row.id)).toEqual([]);
  await asOwner(
    college,
    'archive',
    `update student set birth_date = '2006-05-14' where student_no = $1`,
    [STUDENT],
  );
});

test('with the seal the keys of its files are destroyed, and of no other (T-03)', async () => {
  const actor = { role: 'SEC_REVIEWER', person: REVIEWER } as const;
  const security = college.started.offices.get('security')!;
  const keyed = async () => {
    const { id } = await lawViolationPlan.seed(college, STUDENT, 'FOUND', actor, '');
    const [file] = await sql(
      `insert into material (student_no, law_violation_id, digest, names_third_persons)
       values ($1, $2, 'keyed-digest', false) returning id`,
      [STUDENT, id],
    );
    await keyOfRecord(
      forkOf(security.orm),
      security.config.keyring,
      'Material',
      file!['id'] as string,
    );
    return { id, version: 1, file: file!['id'] };
  };
  const [sealed, other] = [await keyed(), await keyed()];
  const done = await change('sealLawViolation', sealed);
  expect([done.came, done.row]).toEqual(['OK', null]);
  const keys = await execute<{ key: string }>(
    forkOf(security.orm),
    `select key from record_key where topic = 'Material'`,
  );
  expect(keys.map(({ key }) => key)).toEqual([other.file]);
});

test.each([
  ['INV-03', `notified_on = null, state = 'FOUND'`, 'law_violation_found'],
  ['INV-03', `evidence = '[]', state = 'FOUND'`, 'law_violation_found'],
  ['INV-03', `notified_on = null`, 'law_violation_notified'],
  ['INV-04', `severity = 'S1'`, 'law_violation_severity'],
  ['INV-05', `act_on = '2024-05-13'`, 'law_violation_of_age'],
  ['INV-02', `approved_by = recorded_by`, 'law_violation_second_person'],
])('%s by force: the database refuses %s', async (_, set, constraint) => {
  const actor = { role: 'SEC_REVIEWER', person: REVIEWER } as const;
  const { id } = await lawViolationPlan.seed(college, STUDENT, 'NOTIFIED', actor, '');
  const decided = `doc_no = 'D', found_on = '2026-04-10', approved_by = 'T9'`;
  await sql(`update law_violation set ${decided} where id = $1`, [id]);
  await expect(sql(`update law_violation set ${set} where id = $1`, [id])).rejects.toMatchObject({
    constraint,
  });
});
