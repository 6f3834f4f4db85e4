/** Who is related to a student declares it, and keeps out of his matters (F-02, G20.2). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appealPlan } from '../change/appeal.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { EnumValue, mutate as request, refusalsOf } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const ADMIN = 'T0110';
const OTHER_ADMIN = 'T0120';
const AS_STAFF = { 'x-role': 'STAFF_SELF' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const declare = (person: string, studentNo: string, headers: Record<string, string> = AS_STAFF) =>
  request(
    college,
    person,
    {
      name: 'declareRelation',
      noun: 'RelationDeclaration',
      args: { studentNo, kind: new EnumValue('RELATIVE') },
      fields: 'staffNo studentNo kind declaredOn',
    },
    headers,
  );

test('it is declared once, whether there is such a student or not, and shows nothing of him', async () => {
  for (const studentNo of [STUDENT, '2099999999']) {
    const { came, row, answer } = await declare(ADMIN, studentNo);
    expect([came, answer.errors]).toEqual(['OK', undefined]);
    expect(row).toEqual({
      staffNo: ADMIN,
      studentNo,
      kind: 'RELATIVE',
      declaredOn: '2026-04-12',
    });
  }
  expect(refusalsOf(await declare(ADMIN, STUDENT), 'declareRelation')).toEqual([
    'VALIDATION studentNo',
  ]);
  expect(refusalsOf(await declare(ADMIN, '12345'), 'declareRelation')).toEqual([
    'VALIDATION studentNo',
  ]);
  // The student's log says nothing of it.
  expect(
    await asOwner(college, 'archive', 'select 1 from access_event where student_no = $1', [
      STUDENT,
    ]),
  ).toEqual([]);
});

test('who has declared it decides nothing of that student', async () => {
  const seed = () =>
    appealPlan.seed(
      college,
      STUDENT,
      'INVESTIGATING',
      { role: 'COLLEGE_ADMIN', person: OTHER_ADMIN },
      'appeal.decide',
    );
  const decide = async (person: string) => {
    const { id, version } = await seed();
    await asOwner(college, 'archive', 'update appeal set handler_no = $1 where id = $2', [
      person,
      id,
    ]);
    const args = {
      id,
      expectedVersion: version,
      outcome: new EnumValue('REJECT'),
      decisionText: 'as it was',
    };
    return request(
      college,
      person,
      { name: 'decideAppeal', noun: 'Appeal', args },
      { 'x-purpose': 'APPEAL', 'x-reference': id },
    );
  };
  expect((await decide(OTHER_ADMIN)).came).toBe('OK');
  expect((await decide(ADMIN)).came).toBe('SOD_VIOLATION');
});
