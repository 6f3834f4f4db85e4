/** What is somebody's own in the archive: his cases, his unit, facts of his office, reads of his kind. */
import { randomUUID } from 'node:crypto';
import { ROLES, type Role } from '@chengxin/kit/privacy/roles';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CALLERS, requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';

const PERSONS = new Map(CALLERS.map(([role, person]) => [role, person]));

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  // Brings the student before the employment office, and before research and discipline.
  await rows.record('D6', 'D6-01', 'BAD_CONDUCT', 'CYL', 'ACTIVE');
  await rows.record('D5', 'D5-01', 'RESEARCH_MISCONDUCT', 'RDO', 'ACTIVE', {
    source_typename: 'MisconductCase',
  });
});
afterAll(() => college.stop());

describe('appeals', () => {
  const OFFICES = ['AAO', 'AEO', 'COL', 'CYL', 'DIS', 'FIN', 'HRO', 'RDO', 'SAO', 'SEC', 'TPC'];
  beforeAll(async () => {
    for (const office of OFFICES) await rows.appeal(office, 1, office, ['APPEALS']);
  });

  test.each([
    ['AAO_CLERK', 'AAO'],
    ['AAO_REVIEWER', 'AAO'],
    ['FIN_CLERK', 'FIN'],
    ['FIN_REVIEWER', 'FIN'],
    ['SEC_CLERK', 'SEC'],
    ['SEC_REVIEWER', 'SEC'],
    ['CYL_CLERK', 'CYL'],
    ['CYL_REVIEWER', 'CYL'],
    ['AEO_STAFF', 'AEO'],
  ] as const)(
    'of those against every office %s reads that against %s (OWN_FACT, note 18)',
    async (role, own) => {
      const query = `{ student(studentNo: "${STUDENT}") { appeals { appealId } } }`;
      expect(await requestAs(college, role, query)).toEqual({
        data: { student: { appeals: [{ appealId: rows.id(own) }] } },
      });
    },
  );
});

describe('reads', () => {
  const OUTSIDE: readonly Role[] = ['AUDITOR', 'EMPLOYER_TOKEN', 'PROV_CONN', 'TPC_INST'];
  const LOG = `{ accessLog(first: 100, filter: { studentNo: "${STUDENT}", purpose: "EDGE" }) {
    nodes { actorRole } } }`;
  beforeAll(async () => {
    for (const role of ROLES) {
      const request = randomUUID();
      await put(college, 'archive', 'access_event', {
        id: `${request} ${STUDENT}`,
        request_id: request,
        student_no: STUDENT,
        at: '2026-04-11T00:00:00Z',
        actor: role,
        actor_role: role,
        purpose: 'EDGE',
      });
      await put(college, 'archive', 'access_call', {
        call_id: randomUUID(),
        part: 0,
        request_id: request,
        office: 'archive',
        student_nos: [STUDENT],
        allowed: ['IDENTITY'],
        masked: [],
        denied: [],
      });
    }
  });

  test.each([
    ['AUDITOR', ROLES],
    ['SCHOOL_ADMIN', ROLES.filter((role) => !OUTSIDE.includes(role))],
  ] as const)(
    'of those by every role %s sees %o (NOT_OUTSIDE_READS, note 26)',
    async (role, visible) => {
      const { data } = await requestAs(college, role, LOG);
      const log = data?.['accessLog'] as { nodes: { actorRole: Role }[] };
      expect(log.nodes.map(({ actorRole }) => actorRole).toSorted()).toEqual(visible.toSorted());
    },
  );
});

describe('cases', () => {
  const aCase = (caseId: string, purpose: string, hostOffice: string, state: string) =>
    put(college, 'archive', 'evaluation_case', {
      case_id: caseId,
      purpose,
      title: caseId,
      host_office: hostOffice,
      opens_at: '2026-04-10T00:00:00Z',
      closes_at: '2026-04-20T00:00:00Z',
      state,
      ...RECORDED,
    });
  const list = (caseId: string, studentNo: string) =>
    put(college, 'archive', 'case_student', { case_id: caseId, student_no: studentNo });
  /** Numbers of the cases that a role sees. */
  async function casesFor(role: Role): Promise<string[]> {
    const { data } = await requestAs(college, role, '{ cases { nodes { caseId } } }');
    const cases = data?.['cases'] as { nodes: { caseId: string }[] };
    return cases.nodes.map(({ caseId }) => caseId).toSorted();
  }
  afterEach(() =>
    asOwner(
      college,
      'archive',
      `delete from case_student where case_id like 'X-%';
       delete from case_assignment where case_id like 'X-%';
       delete from evaluation_case where case_id like 'X-%'`,
    ),
  );

  test.each([
    ['EV_AWARD', 'AWARD', 'EC-AWARD'],
    ['EV_PARTY', 'PARTY', 'EC-PARTY'],
    ['EV_AID', 'AID', 'EC-AID'],
    ['EV_EMPLOY', 'EMPLOYMENT', 'EC-EMPLOY'],
    ['APPEAL_COMMITTEE', 'APPEAL', 'EC-APPEAL'],
  ] as const)(
    '%s, who sits in two cases, reads that of the request (OWN_CASE)',
    async (role, purpose, own) => {
      await aCase('X-ALSO', purpose, 'SAO', 'OPEN');
      await list('X-ALSO', STUDENT);
      await put(college, 'archive', 'case_assignment', {
        case_id: 'X-ALSO',
        staff_no: PERSONS.get(role) ?? '',
        valid_from: '2026-04-10T00:00:00Z',
        valid_to: '2026-04-20T00:00:00Z',
      });
      expect(await casesFor(role)).toEqual([own]);
    },
  );

  test.each([
    ['DRAFT', false],
    ['OPEN', true],
    ['IN_EVALUATION', true],
    ['DECIDED', true],
    ['CLOSED', true],
    ['CANCELLED', true],
  ])(
    'of a case that is %s a student reads his own entry: %s (OWN_CASE, note 30)',
    async (state, isVisible) => {
      await aCase('X-OWN', 'AWARD', 'OWN', state);
      await list('X-OWN', STUDENT);
      await aCase('X-FOREIGN', 'AWARD', 'FOREIGN', state);
      await list('X-FOREIGN', '2024010305');
      const { data } = await requestAs(college, 'STU_SELF', '{ cases { nodes { hostOffice } } }');
      const cases = data?.['cases'] as { nodes: { hostOffice: string }[] };
      const own = cases.nodes.filter(({ hostOffice }) => hostOffice !== 'SAO');
      expect(own).toEqual(isVisible ? [{ hostOffice: 'OWN' }] : []);
    },
  );

  test.each([
    ['COLLEGE_ADMIN', ['X-20240103', 'X-C01']],
    ['AEO_STAFF', ['X-AEO']],
  ] as const)(
    'of those that every unit hosts %s reads %o (OWN_UNIT, note 31)',
    async (role, own) => {
      // His college, a class of it, another college, what stands above it, offices beside it.
      for (const unit of ['C01', '20240103', 'C02', 'SCHOOL', 'SAO', 'AEO', 'FIN'])
        await aCase(`X-${unit}`, 'AWARD', unit, 'OPEN');
      expect(await casesFor(role)).toEqual(own);
    },
  );
});
