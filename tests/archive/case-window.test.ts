/**
 * A case opens and shuts at its second, and so does an assignment within it (notes 5 and 23,
 * INV-09). The gateway refuses whoever comes early or late; the archive, called straight, knows
 * nobody then.
 */
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { callOffice } from '../support/straight.js';

const STUDENT = '2024010317';
const RELATED = '2024010305';

const MEMBERS: readonly (readonly [role: Role, person: string, purpose: string])[] = [
  ['EV_AWARD', 'T0701', 'EVAL_AWARD'],
  ['EV_PARTY', 'T0702', 'EVAL_PARTY'],
  ['EV_AID', 'T0703', 'EVAL_AID'],
  ['EV_EMPLOY', 'T0704', 'EVAL_EMPLOY'],
  ['APPEAL_COMMITTEE', 'T0811', 'SANCTION_APPEAL'],
];
const CASES = {
  EV_AWARD: '评优',
  EV_PARTY: '入党',
  EV_AID: '资助',
  EV_EMPLOY: '就业推荐',
  APPEAL_COMMITTEE: '申诉',
};

let college: TestCollege;
const sql = (text: string) => asOwner(college, 'archive', text);

beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T08:00:00+08:00' });
  const cases = (suffix: string) =>
    MEMBERS.map(([role, person]) => ({
      评审编号: `${role}-${suffix}`,
      用途: CASES[role as keyof typeof CASES],
      名称: suffix,
      主办部门: 'SAO',
      开始时间: '2026-04-12 10:00:00',
      结束时间: '2026-04-12 18:00:00',
      学生学号: `${STUDENT};${RELATED}`,
      评审人工号: person,
    }));
  const suffixes = ['WHOLE', 'PART', 'REVOKED', 'CONFLICT', ...STATES];
  await college.bring('archive', 'cases', suffixes.flatMap(cases));
  await sql(`update case_assignment set valid_from = '2026-04-12 12:00:00+08',
    valid_to = '2026-04-12 14:00:00+08' where case_id like '%-PART'`);
  await sql(`update case_assignment set revoked_at = '2026-04-12 14:00:00+08'
    where case_id like '%-REVOKED'`);
  await sql(
    `update case_assignment set conflict_of_interest = true where case_id like '%-CONFLICT'`,
  );
  for (const state of STATES)
    await sql(`update evaluation_case set state = '${state}' where case_id like '%-${state}'`);
  await sql(`insert into relation_declaration
    select staff_no, '${RELATED}', 'TUTOR', '2026-04-01'
    from (select distinct staff_no from case_assignment) a`);
});
afterAll(() => college.stop());

const STATES = ['DRAFT', 'OPEN', 'IN_EVALUATION', 'DECIDED', 'CLOSED', 'CANCELLED'];
const SEEN = ['SEEN', 'SEEN'];
const REFUSED = ['CASE_EXPIRED', 'NOT_FOUND'];
const UNKNOWN = ['NOT_FOUND', 'NOT_FOUND'];

const outcome = ({ data, errors }: Answer): unknown =>
  data?.['student'] ? 'SEEN' : errors?.[0]?.extensions['code'];

/** What comes of it through the gateway, and straight at the archive. */
async function request(index: number, suffix: string, at: string, studentNo = STUDENT) {
  const [role, person, purpose] = MEMBERS[index] ?? ['PUBLIC', '', ''];
  const caseId = `${role}-${suffix}`;
  const query = `{ student(studentNo: "${studentNo}") { name } }`;
  college.clock.set(`2026-04-12T${at}+08:00`);
  const there = await college.request(person, query, { headers: { 'x-case': caseId } });
  const straight = await callOffice(
    college,
    'archive',
    { ...importer(person, role), purpose, caseId, groups: ['IDENTITY'] },
    JSON.stringify({ query }),
  );
  return [outcome(there), outcome(straight as Answer)];
}
/** Every role, with the same request. */
const everybody = (suffix: string, at: string, studentNo?: string) =>
  Promise.all(MEMBERS.map((_, index) => request(index, suffix, at, studentNo)));
const forAll = (one: readonly string[]) => MEMBERS.map(() => one);

test.each([
  ['WHOLE', 'a second before the case opens', '09:59:59', REFUSED],
  ['WHOLE', 'at its opening', '10:00:00', SEEN],
  ['WHOLE', 'a second before it closes', '17:59:59', SEEN],
  ['WHOLE', 'at its closing', '18:00:00', REFUSED],
  ['PART', 'a second before the assignment begins', '11:59:59', REFUSED],
  ['PART', 'at its beginning', '12:00:00', SEEN],
  ['PART', 'a second before it ends', '13:59:59', SEEN],
  ['PART', 'at its end', '14:00:00', REFUSED],
  ['REVOKED', 'a second before the assignment is revoked', '13:59:59', SEEN],
  ['REVOKED', 'when it is revoked', '14:00:00', REFUSED],
] as const)(
  '%s: %s, at %s, every evaluator and the committee: %o (note 5, note 23)',
  async (suffix, _, at, expected) => {
    expect(await everybody(suffix, at)).toEqual(forAll(expected));
  },
);

test.each([
  ['DRAFT', REFUSED],
  ['OPEN', SEEN],
  ['IN_EVALUATION', SEEN],
  ['DECIDED', REFUSED],
  ['CLOSED', REFUSED],
  ['CANCELLED', REFUSED],
])('within its hours a case that is %s: %o (note 5, note 23)', async (state, expected) => {
  expect(await everybody(state, '12:30:00')).toEqual(forAll(expected));
});

test('in a conflict of interest nobody is seen, nor is whom one declared oneself related to, nor who is in no case (note 5, note 23)', async () => {
  const noon = '12:30:00';
  expect(await everybody('CONFLICT', noon)).toEqual(forAll(UNKNOWN));
  expect(await everybody('WHOLE', noon, RELATED)).toEqual(forAll(UNKNOWN));
  expect(await everybody('WHOLE', noon, '2024010322')).toEqual(forAll(UNKNOWN));
});
