/** Which records of the archive each condition lets pass, row by row at its edges (DOMAIN 3.4b). */
import { originAllowed } from '@chengxin/archive/conduct/conduct.predicates';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);

beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
});
afterAll(() => college.stop());
afterEach(() =>
  asOwner(
    college,
    'archive',
    `delete from submission; delete from appeal; delete from conduct_record; delete from sanction`,
  ),
);

type Seen = Record<string, Record<string, string>[] | null>;
/** Some fields of records under one or more entrances, as a role reads them. */
async function read(role: Role, selection: string): Promise<Seen> {
  const query = `{ student(studentNo: "${STUDENT}") { ${selection} } }`;
  const { data } = await requestAs(college, role, query);
  return data?.['student'] as Seen;
}
const record = (name: string, code: string, state = 'ACTIVE', office = 'SAO', more = {}) =>
  rows.record(name, code, 'BAD_CONDUCT', office, state, more);

describe('by state', () => {
  const PENDING = ['FOUND', 'NOTIFIED', 'PROPOSED'];
  const COUNTING = ['ACTIVE', 'MITIGATED'];
  const OVER = ['DISMISSED', 'EXPIRED', 'LIFTED', 'REPAIRED', 'REVOKED'];
  const STATES = [...PENDING, ...COUNTING, ...OVER, 'SEALED'];

  test.each([
    ['STU_SELF', ['FOUND', 'NOTIFIED'], COUNTING, OVER],
    ['COUNSELLOR', null, COUNTING, null],
    ['COLLEGE_ADMIN', PENDING, COUNTING, null],
    ['SCHOOL_ADMIN', PENDING, COUNTING, null],
    ['AUDITOR', null, COUNTING, OVER],
    ['SEC_CLERK', [], [], null],
    ['EV_PARTY', null, COUNTING, null],
  ] as const)(
    '%s reads of all states pending %o, counting %o, over %o (STATE_ALLOWED, FROM_NOTIFIED, NOT_SEALED)',
    async (role, pending, counting, over) => {
      for (const state of STATES) await record(state, 'D3-05', state);
      const seen = await read(
        role,
        'pendingConduct { state } conductRecords { state } closedConductRecords { state }',
      );
      const states = (entrance: string) => seen[entrance]?.map(({ state }) => state).toSorted();
      expect([
        states('pendingConduct') ?? null,
        states('conductRecords') ?? null,
        states('closedConductRecords') ?? null,
      ]).toEqual([pending, counting, over]);
    },
  );
});

describe('by severity', () => {
  test.each([
    ['S1', []],
    ['S2', [{ severity: 'S2' }]],
    ['S3', [{ severity: 'S3' }]],
    ['S4', [{ severity: 'S4' }]],
  ])('of %s an awards evaluator reads %o (SEVERITY_S2_PLUS)', async (severity, shown) => {
    await record('R', 'D3-05', 'ACTIVE', 'SAO', { severity });
    expect(await read('EV_AWARD', 'conductRecords { severity }')).toEqual({
      conductRecords: shown,
    });
  });

  const FLAG = [{ severity: 'HAS_ACTIVE_SERIOUS' }];
  test.each([
    ['S1', []],
    ['S2', []],
    ['S3', FLAG],
    ['S4', FLAG],
  ])(
    'of %s employers and employment evaluators read %o (SEVERITY_S3_PLUS, note 7)',
    async (severity, shown) => {
      await record('R', 'D3-05', 'ACTIVE', 'SAO', { severity });
      for (const role of ['EV_EMPLOY', 'EMPLOYER_TOKEN'] as const)
        expect(await read(role, 'conductRecords { severity }')).toEqual({ conductRecords: shown });
    },
  );
});

/** All codes of bad conduct (2.3). */
const CODES = Object.entries({ D1: 9, D2: 6, D3: 8, D4: 6, D5: 6, D6: 6 }).flatMap(
  ([dimension, last]) => Array.from({ length: last }, (_, i) => `${dimension}-0${i + 1}`),
);

test('of all codes an aid evaluator reads six, and a Party evaluator every one (AID_CODES)', async () => {
  for (const code of CODES) await record(code, code);
  const codes = async (role: Role) =>
    (await read(role, 'conductRecords { indicatorCode }'))['conductRecords']
      ?.map(({ indicatorCode }) => indicatorCode)
      .toSorted();
  expect(await codes('EV_AID')).toEqual(['D2-01', 'D4-01', 'D4-02', 'D4-03', 'D4-04', 'D4-06']);
  expect(await codes('EV_PARTY')).toEqual(CODES);
});

describe('by origin', () => {
  /** As a decision that opens every cell which the matrix opens. */
  const accessOf = (role: Role) =>
    ({
      identity: { role },
      opens: (group) => isOpen(cell(role, group).effect),
    }) as RowAccess;
  const OWN = ['BAD_CONDUCT', 'GOOD_CONDUCT', 'LAW_VIOLATIONS'];
  const ALL = [
    ...OWN,
    'ACADEMIC_MISCONDUCT',
    'CARD_OVERDRAFTS',
    'LOAN_PERFORMANCE',
    'PHONE_BILLS',
    'TUITION',
  ];

  test.each([
    ['STU_SELF', ALL],
    ['COUNSELLOR', [...OWN, 'ACADEMIC_MISCONDUCT', 'TUITION']],
    ['COLLEGE_ADMIN', [...OWN, 'ACADEMIC_MISCONDUCT', 'TUITION']],
    // Under a consent that names the school (note 33).
    ['SCHOOL_ADMIN', [...OWN, 'ACADEMIC_MISCONDUCT', 'LOAN_PERFORMANCE', 'TUITION']],
    // Of third parties he has metadata alone (note 16).
    ['AUDITOR', [...OWN, 'ACADEMIC_MISCONDUCT', 'TUITION']],
    ['APPEAL_COMMITTEE', [...OWN, 'ACADEMIC_MISCONDUCT']],
    ['AAO_REVIEWER', [...OWN, 'ACADEMIC_MISCONDUCT']],
    ['FIN_REVIEWER', [...OWN, 'TUITION']],
    ['SEC_REVIEWER', OWN],
    ['AEO_STAFF', OWN],
    ['EV_AWARD', [...OWN, 'ACADEMIC_MISCONDUCT']],
    ['EV_PARTY', [...OWN, 'ACADEMIC_MISCONDUCT']],
    // 2.3: the code D2-01 discloses the bill.
    ['EV_AID', [...OWN, 'ACADEMIC_MISCONDUCT', 'TUITION']],
    ['EV_EMPLOY', [...OWN, 'ACADEMIC_MISCONDUCT']],
    ['EMPLOYER_TOKEN', [...OWN, 'ACADEMIC_MISCONDUCT']],
    ['PROV_CONN', OWN],
  ] as const)('to %s the origins %o are open (ORIGIN_ALLOWED)', (role, origins) => {
    const { originGroup } = originAllowed(accessOf(role));
    expect(originGroup.$in.toSorted()).toEqual(origins.toSorted());
  });
});

describe('by office', () => {
  const OFFICES = ['AAO', 'AEO', 'CYL', 'FIN', 'RDO', 'SAO', 'SEC', 'TPC'];

  test.each([
    ['AAO_CLERK', 'AAO'],
    ['AAO_REVIEWER', 'AAO'],
    ['FIN_CLERK', 'FIN'],
    ['FIN_REVIEWER', 'FIN'],
    ['SEC_CLERK', 'SEC'],
    ['SEC_REVIEWER', 'SEC'],
    ['CYL_CLERK', 'CYL'],
    ['CYL_REVIEWER', 'CYL'],
  ] as const)('%s reads of all offices what %s found (OWN_MATTER, note 10)', async (role, own) => {
    for (const office of OFFICES) {
      await record(office, 'D3-05', 'ACTIVE', office);
      await record(`${office}-FOUND`, 'D3-05', 'FOUND', office);
    }
    const seen = await read(
      role,
      'conductRecords { sourceOffice } pendingConduct { sourceOffice }',
    );
    const one = [{ sourceOffice: own }];
    expect(seen).toEqual({ conductRecords: one, pendingConduct: one });
  });

  test('the employment office reads dimension D6, whoever found it (OWN_MATTER, note 10)', async () => {
    for (const code of CODES) await record(code, code);
    const seen = await read('AEO_STAFF', 'conductRecords { indicatorCode }');
    const codes = seen['conductRecords']?.map(({ indicatorCode }) => indicatorCode);
    expect(codes?.toSorted()).toEqual(['D6-01', 'D6-02', 'D6-03', 'D6-04', 'D6-05', 'D6-06']);
  });
});

test('the committee reads the record under the sanction of its case, and no other (APPEALED, note 23)', async () => {
  const appealed = async (name: string, caseId: string | null) => {
    await rows.sanction(name, 'SEC', 'APPEALED', '2026-03-02');
    await record(`OF-${name}`, 'D3-05', 'ACTIVE', 'SEC', { sanction_id: rows.id(name) });
    await rows.appeal(`A-${name}`, 9, 'SAO', ['SANCTION_FILES'], {
      kind: 'SANCTION',
      sanction_id: rows.id(name),
      case_id: caseId,
      state: 'COMMITTEE_REVIEW',
    });
  };
  await appealed('OWN', 'EC-APPEAL');
  await appealed('FOREIGN', 'EC-AWARD');
  await appealed('UNASSIGNED', null);
  await rows.sanction('ACCEPTED', 'SEC', 'TERM_RUNNING', '2026-03-02');
  await record('OF-ACCEPTED', 'D3-05', 'ACTIVE', 'SEC', { sanction_id: rows.id('ACCEPTED') });
  await record('FREE', 'D3-05');
  const seen = await read(
    'APPEAL_COMMITTEE',
    'conductRecords { recordId } sanctions { sanctionId } appeals { appealId }',
  );
  expect(seen).toEqual({
    conductRecords: [{ recordId: rows.id('OF-OWN') }],
    sanctions: [{ sanctionId: rows.id('OWN') }],
    appeals: [{ appealId: rows.id('A-OWN') }],
  });
});

test.each([
  ['CANDIDATE', false],
  ['ELIGIBILITY_CHECK', false],
  ['NOTICE_TO_PERSON', false],
  ['OBJECTION', false],
  ['APPROVED', true],
  ['SENT', false],
  ['ACKED', false],
  ['RETURNED', false],
  ['CORRECTION_SENT', false],
  ['WITHDRAWN', false],
])(
  'a record of a submission that is %s is the connector’s: %s (SUBMITTED, note 8)',
  async (state, isShown) => {
    // Another submission brings the student before the connector, whatever becomes of this one.
    await record('OTHER', 'D3-03');
    await rows.submission('S-OTHER', 1, 'OTHER', 'APPROVED');
    await record('R', 'D3-05');
    await rows.submission('S', 1, 'R', state);
    const seen = await read(
      'PROV_CONN',
      'conductRecords { indicatorCode } submissions { decisionNo }',
    );
    const of = (entrance: string, field: string) =>
      seen[entrance]?.map((one) => one[field]).toSorted();
    expect([of('conductRecords', 'indicatorCode'), of('submissions', 'decisionNo')]).toEqual(
      isShown
        ? [
            ['D3-03', 'D3-05'],
            ['S', 'S-OTHER'],
          ]
        : [['D3-03'], ['S-OTHER']],
    );
  },
);

test('a record in dispute is not the connector’s, nor is whom nothing else brings before it (SUBMITTED, note 8, 4.2)', async () => {
  await record('OTHER', 'D3-03');
  await rows.submission('S-OTHER', 1, 'OTHER', 'APPROVED');
  await record('R', 'D3-05', 'ACTIVE', 'SAO', { disputed: true });
  await rows.submission('S', 1, 'R', 'APPROVED');
  const seen = () =>
    read('PROV_CONN', 'conductRecords { indicatorCode } submissions { decisionNo }');
  expect(await seen()).toEqual({
    conductRecords: [{ indicatorCode: 'D3-03' }],
    submissions: [{ decisionNo: 'S-OTHER' }],
  });
  await asOwner(college, 'archive', 'update conduct_record set disputed = true');
  expect(await seen()).toBeNull();
});
