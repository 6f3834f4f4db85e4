/** The remark at graduation, by three people, and read by nobody else before it is issued (G8.3). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { mutate as request, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const FELLOW = '2024010305';
const COUNSELLOR = 'T0101';
const COLLEGE_ADMIN = 'T0110';
const SCHOOL = 'T0001';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-06-10T10:00:00+08:00' });
});
afterAll(() => college.stop());
afterEach(() => asOwner(college, 'archive', 'delete from graduation_remark'));

const mutate = (person: string, name: string, args: object) =>
  request(
    college,
    person,
    { name, noun: 'GraduationRemark', args: { ...args }, fields: 'id version availableActions' },
    REVIEW,
  );
const write = (more: object = {}, person = COUNSELLOR) =>
  mutate(person, 'writeRemark', { studentNo: STUDENT, text: '品行优良', ...more });

async function remarkFor(person: string, fields = 'text'): Promise<unknown> {
  const headers = person === STUDENT ? {} : REVIEW;
  const query = `{ student(studentNo: "${STUDENT}") { graduationRemark { ${fields} } } }`;
  const { data } = await college.request(person, query, { headers });
  return (data?.['student'] as { graduationRemark?: unknown } | null)?.graduationRemark;
}
const everything = () =>
  asOwner(
    college,
    'archive',
    `select (select jsonb_agg(r) from graduation_remark r) as remarks,
       (select count(*)::int from operation_log) as log`,
  );
async function refused(work: () => ReturnType<typeof mutate>): Promise<string> {
  const before = await everything();
  const { came } = await work();
  expect(await everything()).toEqual(before);
  return came;
}
/** A remark as if somebody else had taken the steps before. */
const by = (column: string, person: string, { id }: ChangedRow) =>
  asOwner(college, 'archive', `update graduation_remark set ${column} = $1 where id = $2`, [
    person,
    id,
  ]);

test('written by the counsellor, approved by the college, signed by the school: only then the student reads it', async () => {
  const { row: written, came } = await write();
  expect(came).toBe('OK');
  expect(await remarkFor(STUDENT)).toBeNull();
  for (const person of [COUNSELLOR, COLLEGE_ADMIN, SCHOOL])
    expect([person, await remarkFor(person)]).toEqual([person, { text: '品行优良' }]);
  const rewritten = await write({ ...on(written), text: '品学兼优' });
  expect([rewritten.came, rewritten.row.version]).toEqual(['OK', 2]);
  expect(await refused(() => mutate(SCHOOL, 'signRemark', on(rewritten.row)))).toBe(
    'STATE_CONFLICT',
  );

  const approved = await mutate(COLLEGE_ADMIN, 'approveRemark', on(rewritten.row));
  expect(approved.came).toBe('OK');
  expect(await refused(() => write({ ...on(approved.row), text: 'later' }))).toBe('STATE_CONFLICT');
  expect(await remarkFor(STUDENT)).toBeNull();

  const signed = await mutate(SCHOOL, 'signRemark', on(approved.row));
  expect(signed.came).toBe('OK');
  expect(await remarkFor(STUDENT, 'text issuedOn')).toEqual({
    text: '品学兼优',
    issuedOn: '2026-06-10',
  });
  const whole = 'authorCounsellor approvedByCollege signedBySAO';
  expect(await remarkFor(SCHOOL, whole)).toEqual({
    authorCounsellor: COUNSELLOR,
    approvedByCollege: COLLEGE_ADMIN,
    signedBySAO: SCHOOL,
  });
});

test('each hand is another person (INV-02)', async () => {
  const { row } = await write();
  await by('author_counsellor', COLLEGE_ADMIN, row);
  expect(await refused(() => mutate(COLLEGE_ADMIN, 'approveRemark', on(row)))).toBe(
    'SOD_VIOLATION',
  );
  await by('author_counsellor', COUNSELLOR, row);
  const approved = await mutate(COLLEGE_ADMIN, 'approveRemark', on(row));
  await by('approved_by_college', SCHOOL, row);
  expect(await refused(() => mutate(SCHOOL, 'signRemark', on(approved.row)))).toBe('SOD_VIOLATION');
});

test('a remark is of a student of an own class, and one a student', async () => {
  expect(await refused(() => write({ studentNo: '2025020415' }))).toBe('NOT_FOUND');
  const { row } = await write();
  expect(await refused(() => write())).toBe('STATE_CONFLICT');
  const before = await everything();
  const other = await write({ ...on(row), studentNo: FELLOW });
  expect(refusalsOf(other, 'writeRemark')).toEqual(['VALIDATION studentNo']);
  expect(await everything()).toEqual(before);
});

test.each([
  ['blank', ' '],
  ['longer than 800 characters', '优'.repeat(801)],
])('a text that is %s is refused', async (_, text) => {
  const before = await everything();
  expect(refusalsOf(await write({ text }), 'writeRemark')).toEqual(['VALIDATION text']);
  expect(await everything()).toEqual(before);
});

test('who may do what with it stands on the remark', async () => {
  const { row } = await write();
  expect(row['availableActions']).toEqual(['remark.write']);
  expect(await remarkFor(COLLEGE_ADMIN, 'availableActions')).toEqual({
    availableActions: ['remark.approve'],
  });
  expect(await remarkFor(SCHOOL, 'availableActions')).toEqual({ availableActions: [] });
});
