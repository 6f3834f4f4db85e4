/** Which facts of academic conduct each condition lets pass, row by row at its edges (DOMAIN 3.4b). */
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { StudentRows } from '../archive/procedure-rows.js';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { misconduct, violation } from './conduct-rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  // Brings the student before the research and the discipline office (note 12).
  const rows = new StudentRows(() => college, STUDENT);
  await rows.record('R', 'D1-02', 'ACADEMIC_MISCONDUCT', 'AAO', 'FOUND', {
    source_typename: 'MisconductCase',
  });
});
afterAll(() => college.stop());
afterEach(() =>
  asOwner(
    college,
    'academics',
    'delete from exam_violation; delete from misconduct_case; delete from research_project',
  ),
);

/** One field of the rows under an entrance, as a role reads them. */
async function read(role: Role, entrance: string, field: string): Promise<string[]> {
  const query = `{ student(studentNo: "${STUDENT}") { ${entrance} { ${field} } } }`;
  const { data, errors } = await requestAs(college, role, query);
  expect(errors).toBeUndefined();
  const student = data?.['student'] as Record<string, Record<string, string>[]>;
  return (student[entrance] ?? []).map((row) => row[field] ?? '').toSorted();
}

const ACCUSED = ['NOTIFIED', 'PROPOSED'];
const COUNTING = ['ACTIVE', 'FOUND', 'MITIGATED'];
const OVER = ['DISMISSED', 'EXPIRED', 'LIFTED', 'REPAIRED', 'REVOKED', 'SEALED'];

test.each([
  ['STU_SELF', ['NOTIFIED', ...COUNTING, ...OVER]],
  ['COUNSELLOR', COUNTING],
  ['COLLEGE_ADMIN', COUNTING],
  ['SCHOOL_ADMIN', [...ACCUSED, ...COUNTING]],
  ['AUDITOR', [...COUNTING, ...OVER]],
  ['AAO_CLERK', [...ACCUSED, ...COUNTING]],
  ['AAO_REVIEWER', [...ACCUSED, ...COUNTING]],
  ['EV_PARTY', COUNTING],
  ['RDO_STAFF', []],
  ['DIS_OFFICER', []],
  ['APPEAL_COMMITTEE', []],
] as const)(
  'of exam violations in every state %s reads %o (STATE_ALLOWED, FROM_NOTIFIED, OWN_DOMAIN, APPEALED)',
  async (role, states) => {
    for (const state of [...ACCUSED, ...COUNTING, ...OVER])
      await violation(college, state, { student_no: STUDENT, state });
    expect(await read(role, 'examViolations', 'state')).toEqual(states.toSorted());
  },
);

const CODES = { S1: 'D1-04', S2: 'D1-04', S3: 'D1-05', S4: 'D1-05' };
const CASE_CODES = { S1: 'D1-01', S2: 'D1-02', S3: 'D1-02', S4: 'D1-02' };
const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const;

/** How many violations and cases a role reads where there is one of each. */
async function countsFor(role: Role, severity: keyof typeof CODES): Promise<number[]> {
  await violation(college, 'V', {
    student_no: STUDENT,
    severity,
    indicator_code: CODES[severity],
  });
  await misconduct(college, 'M', {
    student_no: STUDENT,
    severity,
    indicator_code: CASE_CODES[severity],
  });
  const violations = await read(role, 'examViolations', 'indicatorCode');
  const cases = await read(role, 'misconductCases', 'stage');
  return [violations.length, cases.length];
}

test.each(SEVERITIES)(
  'of %s an awards evaluator reads S2 and above (SEVERITY_S2_PLUS)',
  async (severity) => {
    const expected = severity === 'S1' ? [0, 0] : [1, 1];
    expect(await countsFor('EV_AWARD', severity)).toEqual(expected);
  },
);

test.each(
  (['EV_AID', 'EV_EMPLOY', 'EMPLOYER_TOKEN'] as const).flatMap((role) =>
    SEVERITIES.map((severity) => [role, severity] as const),
  ),
)('%s reads a flag of %s from S3 on (SEVERITY_S3_PLUS)', async (role, severity) => {
  const expected = severity < 'S3' ? [0, 0] : [1, 1];
  expect(await countsFor(role, severity)).toEqual(expected);
});

const STAGES = ['REPORTED', 'PRELIMINARY', 'FORMAL', 'FOUND', 'DECIDED', 'FINAL', 'NOT_FOUND'];
const PENDING = STAGES.slice(0, 5);

test.each([
  ['STU_SELF', ['DECIDED', 'FINAL', 'FORMAL', 'FOUND', 'NOT_FOUND']],
  ['COUNSELLOR', ['FINAL']],
  ['COLLEGE_ADMIN', ['FINAL']],
  ['SCHOOL_ADMIN', [...PENDING, 'FINAL']],
  ['AUDITOR', ['FINAL', 'NOT_FOUND']],
  ['AAO_CLERK', [...PENDING, 'FINAL']],
  ['RDO_STAFF', [...PENDING, 'FINAL']],
  ['DIS_OFFICER', ['FINAL']],
  ['EV_PARTY', ['FINAL']],
  ['APPEAL_COMMITTEE', []],
] as const)(
  'of misconduct cases at every stage %s reads %o (STATE_ALLOWED, FROM_NOTIFIED)',
  async (role, stages) => {
    for (const stage of STAGES) await misconduct(college, stage, { student_no: STUDENT, stage });
    expect(await read(role, 'misconductCases', 'stage')).toEqual(stages.toSorted());
  },
);

test.each([
  ['D1-01', false],
  ['D1-02', true],
  ['D1-03', true],
  ['D1-07', false],
  ['D1-08', true],
  ['D1-09', true],
])(
  'a case of %s is the domain of research and discipline: %s (OWN_DOMAIN, note 12)',
  async (code, isTheirs) => {
    const severity = code === 'D1-01' ? 'S2' : 'S3';
    await misconduct(college, 'M', { student_no: STUDENT, indicator_code: code, severity });
    for (const role of ['RDO_STAFF', 'DIS_OFFICER'] as const)
      expect(await read(role, 'misconductCases', 'stage')).toEqual(isTheirs ? ['FINAL'] : []);
  },
);

test.each([...STAGES, 'none'])(
  'with a case at the stage %s a project opens for those outside it when it is FINAL (OWN_PROJECT, note 21)',
  async (stage) => {
    await asOwner(
      college,
      'academics',
      `insert into research_project (project_no, title, stage, lead, members, recorded_by,
         recorded_at, approved_by, approved_at)
       values ('R-1', 'R-1', 'RUN', 'T0301', $1, 'T1101', now(), 'T0302', now())`,
      [JSON.stringify(['T0301', STUDENT])],
    );
    if (stage !== 'none')
      await misconduct(college, 'M', { student_no: STUDENT, project_no: 'R-1', stage });
    const outside = stage === 'FINAL' ? ['R-1'] : [];
    const roles = [
      'STU_SELF',
      'AAO_CLERK',
      'RDO_STAFF',
      'SCHOOL_ADMIN',
      'COLLEGE_ADMIN',
      'AAO_REVIEWER',
    ] as const;
    const titles = await Promise.all(roles.map((role) => read(role, 'researchProjects', 'title')));
    expect(titles).toEqual([['R-1'], ['R-1'], ['R-1'], outside, outside, outside]);
  },
);
