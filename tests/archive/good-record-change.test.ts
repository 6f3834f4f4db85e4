/** A good record from its proposal to its end, and what follows for the credit (G8.3, 2.4). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodRecordPlan } from '../change/good-record.plan.js';
import { mutate as request, mutationText } from '../support/mutate.js';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const noun = 'GoodRecord';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

async function mutate(person: string, name: string, args: object) {
  const given = { name, noun, args: { ...args } };
  const { came, row } = await request(college, person, given, REVIEW.headers);
  return { came, id: row?.id, expectedVersion: row?.version };
}
/** States of the student's good records, as somebody reads them. */
async function statesFor(person: string, options: RequestOptions = REVIEW): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") { goodRecords { state } } }`;
  return (await college.request(person, query, options)).data?.['student'];
}
const shown = (...states: string[]) => ({ goodRecords: states.map((state) => ({ state })) });
const scoreOf = async (): Promise<unknown> => {
  const query = '{ me { student { credit { score } } } }';
  return (await college.request(STUDENT, query)).data?.['me'];
};

test('proposed it is known to those who decide; approved it counts; revoked it counts no more', async () => {
  const opening = await goodRecordPlan.opening(college, STUDENT);
  const { came, ...proposed } = await mutate(COLLEGE_ADMIN, 'proposeGoodRecord', opening);
  expect(came).toBe('OK');
  expect(await statesFor(COLLEGE_ADMIN)).toEqual(shown('PROPOSED'));
  expect(await statesFor(FIRST)).toEqual(shown('PROPOSED'));
  expect(await statesFor(STUDENT, {})).toEqual(shown());
  expect(await statesFor('T0101')).toEqual(shown());

  const { came: outcome, ...approved } = await mutate(FIRST, 'approveGoodRecord', proposed);
  expect(outcome).toBe('OK');
  expect(await statesFor('T0101')).toEqual(shown('APPROVED'));
  const counted = await scoreOf();
  expect((await mutate(FIRST, 'revokeGoodRecord', approved)).came).toBe('SOD_VIOLATION');
  expect((await mutate(SECOND, 'revokeGoodRecord', approved)).came).toBe('OK');
  expect(await statesFor('T0101')).toEqual(shown());
  expect(await scoreOf()).not.toEqual(counted);
});

test('who approved a record by an import does not revoke it', async () => {
  const actor = { role: 'SCHOOL_ADMIN', person: FIRST } as const;
  const { id } = await goodRecordPlan.seed(college, STUDENT, 'APPROVED', actor, '');
  await asOwner(college, 'archive', `update good_record set approved_by = $1 where id = $2`, [
    FIRST,
    id,
  ]);
  const args = { id, expectedVersion: 1 };
  expect((await mutate(FIRST, 'revokeGoodRecord', args)).came).toBe('SOD_VIOLATION');
  expect((await mutate(SECOND, 'revokeGoodRecord', args)).came).toBe('OK');
});

test.each([
  ['a code that Student Affairs does not confirm', { indicatorCode: 'P-05' }, 'indicatorCode'],
  ['an honour without its level', { indicatorCode: 'P-03' }, 'level'],
  ['a day to come', { occurredOn: '2026-04-13' }, 'occurredOn'],
  ['no document', { evidenceDocNos: [] }, 'evidenceDocNos'],
])('%s is refused, and says where', async (_, wrong, path) => {
  const opening = await goodRecordPlan.opening(college, STUDENT);
  const name = 'proposeGoodRecord';
  const text = mutationText({ name, noun, args: { ...opening, ...wrong } });
  const { data } = await college.request(COLLEGE_ADMIN, text, REVIEW);
  expect(data?.[name]).toMatchObject({ ok: false, errors: [{ code: 'VALIDATION', path: [path] }] });
});
