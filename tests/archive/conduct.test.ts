import {
  appealed,
  ownDomain,
  ownMatter,
  ownProvider,
  submitted,
} from '@chengxin/archive/conduct/conduct.predicates';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { consent } from '../thirdparty/provider-files.js';
import { maskedAt } from '../support/masked-at.js';
import { accept, cheating, fight, rows, consume, volunteering } from './conduct-events.js';

process.env['LOG_LEVEL'] ??= 'fatal';
const STUDENT = '2024010305';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const CASES = [
  ['EC-AWARD', '评优', 'T0701'],
  ['EC-PARTY', '入党', 'T0702'],
  ['EC-AID', '资助', 'T0703'],
  ['EC-EMPLOY', '就业推荐', 'T0704'],
] as const;
const inCase = (caseId: string): RequestOptions => ({ headers: { 'x-case': caseId } });

let college: TestCollege;

/** Records that other parts of the archive will make: a malice finding, own ones, a provider's. */
const OWN = `
  insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
    occurred_on, found_on, finding_body, finding_doc_no, finding_on, legal_basis, state, notice_delivered_at,
    evidence, consent_id, source_subgraph, source_typename, source_id, source_version, recorded_at)
  select ?, v.code, v.origin, v.office, v.severity, v.day::date, v.day::date, '学校', 'X-1',
    v.day::date, '校规', v.state, now(), '[{"id": "E-1", "docNo": "X-1"}]',
    case v.code when 'D2-02' then 'CS-BANK' end, 'archive', 'ConductRecord',
    v.code, 1, now()
  from jsonb_to_recordset(?::jsonb) as v(code text, origin text, office text, severity text,
    day text, state text)`;
const OWN_RECORDS = [
  ['D2-01', 'TUITION', 'FIN', 'S2', '2025-12-20', 'ACTIVE'],
  ['D2-02', 'CARD_OVERDRAFTS', 'TPC', 'S2', '2026-03-02', 'ACTIVE'],
  ['D3-08', 'BAD_CONDUCT', 'SAO', 'S1', '2026-01-05', 'ACTIVE'],
  ['D4-01', 'BAD_CONDUCT', 'SAO', 'S2', '2026-01-06', 'MITIGATED'],
  ['D6-06', 'BAD_CONDUCT', 'SAO', 'S3', '2026-01-07', 'ACTIVE'],
  ['D6-05', 'BAD_CONDUCT', 'CYL', 'S1', '2026-01-08', 'FOUND'],
  ['D3-01', 'BAD_CONDUCT', 'SAO', 'S2', '2026-01-09', 'PROPOSED'],
  ['D3-02', 'BAD_CONDUCT', 'SAO', 'S1', '2026-01-10', 'NOTIFIED'],
  ['D3-06', 'BAD_CONDUCT', 'SAO', 'S1', '2025-03-01', 'REPAIRED'],
  ['D5-05', 'LAW_VIOLATIONS', 'SEC', 'S2', '2025-03-02', 'SEALED'],
].map(([code, origin, office, severity, day, state]) => ({
  code,
  origin,
  office,
  severity,
  day,
  state,
}));

beforeAll(async () => {
  college = await startCollege();
  await college.bring('archive', 'consents', [consent({ 学号: STUDENT })]);
  await college.bring(
    'archive',
    'cases',
    CASES.map(([caseId, purpose, evaluator]) => ({
      评审编号: caseId,
      用途: purpose,
      名称: `2026 年${purpose}`,
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: evaluator,
    })),
  );
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '档案审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await consume(
    college,
    'academics',
    cheating({ id: 'A-1' }),
    cheating({ id: 'A-2', foundOn: '2026-02-01', occurredOn: '2026-01-20' }),
  );
  await consume(college, 'security', fight({ id: 'S-1' }));
  await consume(
    college,
    'youthleague',
    volunteering({ id: 'G-1' }),
    volunteering({
      id: 'G-2',
      indicatorCode: 'P-05',
      occurredOn: '2025-09-01',
      endedOn: '2026-01-20',
    }),
    volunteering({ id: 'G-3', occurredOn: '2025-06-30' }),
  );
  await consume(college, 'youthleague', volunteering({ id: 'G-3', version: 2, state: 'REVOKED' }));
  await accept(college, 'A-1', 'S-1');
  await rows(college, OWN, [STUDENT, JSON.stringify(OWN_RECORDS)]);
});
afterAll(() => college.stop());

/** Select one entrance with the fields of a record as one person; the whole answer. */
const select = (person: string, entrance: string, fields: string, options?: RequestOptions) =>
  college.request(
    person,
    `{ student(studentNo: "${STUDENT}") { ${entrance} { ${fields} } } }`,
    options,
  );
const answered = (entrance: string, records: object[]) => ({
  data: { student: { [entrance]: records } },
});
/** What is said beside records of which a field comes masked. */
const inPart = (field: string, shown: 'CATEGORY' | 'FLAG', role: string) =>
  maskedAt({ shown, group: 'BAD_CONDUCT', rule: `${role}.FG13` }, [
    'student',
    'conductRecords',
    '@',
    field,
  ]);
const codes = (...list: string[]) => list.map((indicatorCode) => ({ indicatorCode }));
const refused = (entrance: string, group: string, rule: string) => ({
  data: { student: { [entrance]: null } },
  errors: [
    {
      message: expect.any(String),
      path: ['student', entrance],
      extensions: { code: 'FORBIDDEN_FIELD', group, clause: rule.split('.')[1], rule },
    },
  ],
});

const FULL = `indicatorCode severity state occurredOn foundOn summary polarity disputed sourceOffice
  finding { body docNo date } evidence { docNo } legalBasis`;

describe('Records that count: ACTIVE and MITIGATED (3.2)', () => {
  const CHEATING = {
    indicatorCode: 'D1-05',
    severity: 'S3',
    state: 'ACTIVE',
    occurredOn: '2025-06-24',
    foundOn: '2025-07-04',
    summary: '考试作弊（S3），发生于 2025-06-24，认定于 2025-07-04',
    polarity: 'BAD',
    disputed: false,
    sourceOffice: 'AAO',
    finding: { body: '教务处', docNo: 'JW-2025-17', date: '2025-07-04' },
    evidence: [{ docNo: 'JW-2025-17' }],
    legalBasis: null,
  };

  test('the student reads them all, whatever their origin (G8.3)', async () => {
    expect(await select(STUDENT, 'conductRecords', 'indicatorCode')).toEqual(
      answered(
        'conductRecords',
        codes('D2-02', 'D6-06', 'D4-01', 'D3-08', 'D2-01', 'D3-03', 'D1-05'),
      ),
    );
  });

  test('the office that found it reads its own records alone, in full (note 10)', async () => {
    const fields = FULL.replace(' legalBasis', '');
    const { legalBasis: _, ...record } = CHEATING;
    expect(await select('T0301', 'conductRecords', fields)).toEqual(
      answered('conductRecords', [record]),
    );
  });

  test.each([
    ['finance', 'T0401', ['D2-01']],
    ['security', 'T0501', ['D3-03']],
    ['the Youth League', 'T0601', []],
  ])('%s reads what is its own matter (OWN_MATTER)', async (_, person, own) => {
    expect(await select(person, 'conductRecords', 'indicatorCode')).toEqual(
      answered('conductRecords', codes(...own)),
    );
  });

  test('a college administrator reads all but what a third party found (ORIGIN_ALLOWED, T-04)', async () => {
    expect(await select('T0110', 'conductRecords', 'indicatorCode state', REVIEW)).toEqual(
      answered('conductRecords', [
        { indicatorCode: 'D6-06', state: 'ACTIVE' },
        { indicatorCode: 'D4-01', state: 'MITIGATED' },
        { indicatorCode: 'D3-08', state: 'ACTIVE' },
        { indicatorCode: 'D2-01', state: 'ACTIVE' },
        { indicatorCode: 'D3-03', state: 'ACTIVE' },
        { indicatorCode: 'D1-05', state: 'ACTIVE' },
      ]),
    );
  });

  test('an auditor reads no record of a third party, of which he has metadata alone (note 16)', async () => {
    const audit = { headers: { 'x-reference': 'AU-1' } };
    expect(await select('T0901', 'conductRecords', 'indicatorCode', audit)).toEqual(
      answered('conductRecords', codes('D6-06', 'D4-01', 'D3-08', 'D2-01', 'D3-03', 'D1-05')),
    );
  });

  test('a counsellor reads dimension and state, and nothing else of it (note 1)', async () => {
    const answer = await select('T0101', 'conductRecords', 'indicatorCode state severity', REVIEW);
    const row = (indicatorCode: string, state = 'ACTIVE') => ({
      indicatorCode,
      state,
      severity: null,
    });
    expect(answer).toEqual({
      data: {
        student: {
          conductRecords: [
            row('D6'),
            row('D4', 'MITIGATED'),
            row('D3'),
            row('D2'),
            row('D3'),
            row('D1'),
          ],
        },
      },
      errors: Array.from({ length: 6 }, (_, i) => ({
        message: expect.any(String),
        path: ['student', 'conductRecords', i, 'severity'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'BAD_CONDUCT',
          clause: 'FG13',
          rule: 'COUNSELLOR.FG13',
          masked: true,
        },
      })),
      ...inPart('indicatorCode', 'CATEGORY', 'COUNSELLOR'),
    });
  });

  test('an awards evaluator reads dimension and severity from S2 on, without D2-01 and third parties (3.5)', async () => {
    expect(
      await select('T0701', 'conductRecords', 'indicatorCode severity', inCase('EC-AWARD')),
    ).toEqual({
      ...answered('conductRecords', [
        { indicatorCode: 'D6', severity: 'S3' },
        { indicatorCode: 'D4', severity: 'S2' },
        { indicatorCode: 'D3', severity: 'S2' },
        { indicatorCode: 'D1', severity: 'S3' },
      ]),
      ...inPart('indicatorCode', 'CATEGORY', 'EV_AWARD'),
    });
  });

  test('a Party evaluator reads them in full, without D2-01 and third parties (3.5)', async () => {
    expect(
      await select('T0702', 'conductRecords', 'indicatorCode severity', inCase('EC-PARTY')),
    ).toEqual(
      answered('conductRecords', [
        { indicatorCode: 'D6-06', severity: 'S3' },
        { indicatorCode: 'D4-01', severity: 'S2' },
        { indicatorCode: 'D3-08', severity: 'S1' },
        { indicatorCode: 'D3-03', severity: 'S2' },
        { indicatorCode: 'D1-05', severity: 'S3' },
      ]),
    );
  });

  test('an aid evaluator reads the aid codes, D2-01 among them (AID_CODES, SC-08)', async () => {
    expect(
      await select('T0703', 'conductRecords', 'indicatorCode severity state', inCase('EC-AID')),
    ).toEqual(
      answered('conductRecords', [
        { indicatorCode: 'D4-01', severity: 'S2', state: 'MITIGATED' },
        { indicatorCode: 'D2-01', severity: 'S2', state: 'ACTIVE' },
      ]),
    );
  });

  test('an employment evaluator reads one flag for any number of serious records (3.5)', async () => {
    expect(await select('T0704', 'conductRecords', 'severity', inCase('EC-EMPLOY'))).toEqual({
      ...answered('conductRecords', [{ severity: 'HAS_ACTIVE_SERIOUS' }]),
      ...inPart('severity', 'FLAG', 'EV_EMPLOY'),
    });
  });

  test('another college does not find the student at all (DOMAIN 2.7)', async () => {
    expect(await select('T0210', 'conductRecords', 'indicatorCode', REVIEW)).toEqual({
      data: { student: null },
      errors: [
        { message: expect.any(String), path: ['student'], extensions: { code: 'NOT_FOUND' } },
      ],
    });
  });
});

describe('A record of the security office (2.3)', () => {
  const FINDING = `indicatorCode finding { body docNo date }`;
  const found = async (person: string, options?: RequestOptions) => {
    const answer = await select(person, 'conductRecords', FINDING, options);
    const student = answer.data?.['student'] as
      | { conductRecords: { indicatorCode: string; finding: object }[] }
      | undefined;
    expect(answer.errors).toBeUndefined();
    return student?.conductRecords.find(({ indicatorCode }) => indicatorCode === 'D3-03')?.finding;
  };
  const WHOLE = { body: '示范市公安局', docNo: 'GA-2025-88', date: '2025-10-20' };

  test.each([
    ['the student', STUDENT, undefined, WHOLE],
    ['the security office', 'T0501', undefined, WHOLE],
    ['Student Affairs', 'T0001', REVIEW, WHOLE],
    ['the college', 'T0110', REVIEW, { body: null, docNo: null, date: '2025-10-20' }],
    [
      'a Party evaluator',
      'T0702',
      inCase('EC-PARTY'),
      { body: null, docNo: null, date: '2025-10-20' },
    ],
  ])(
    'to %s body and number are shown as LAW_VIOLATIONS allows',
    async (_, person, options, finding) => {
      expect(await found(person, options)).toEqual(finding);
    },
  );

  test('its number is not to be had from its evidence either', async () => {
    const answer = await select(
      'T0110',
      'conductRecords',
      'indicatorCode evidence { docNo }',
      REVIEW,
    );
    expect(answer).toEqual(
      answered('conductRecords', [
        { indicatorCode: 'D6-06', evidence: [{ docNo: 'X-1' }] },
        { indicatorCode: 'D4-01', evidence: [{ docNo: 'X-1' }] },
        { indicatorCode: 'D3-08', evidence: [{ docNo: 'X-1' }] },
        { indicatorCode: 'D2-01', evidence: [{ docNo: 'X-1' }] },
        { indicatorCode: 'D3-03', evidence: null },
        { indicatorCode: 'D1-05', evidence: [{ docNo: 'JW-2025-17' }] },
      ]),
    );
  });

  test('its legal basis is refused where LAW_VIOLATIONS is a flag (note 1)', async () => {
    const answer = await select('T0110', 'conductRecords', 'legalBasis', REVIEW);
    expect(answer).toEqual({
      data: {
        student: { conductRecords: Array.from({ length: 6 }, () => ({ legalBasis: null })) },
      },
      errors: Array.from({ length: 6 }, (_, i) => ({
        message: expect.any(String),
        path: ['student', 'conductRecords', i, 'legalBasis'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'LAW_VIOLATIONS',
          clause: 'FG18',
          rule: 'COLLEGE_ADMIN.FG18',
          masked: true,
        },
      })),
    });
  });
});

describe('Records before acceptance (FG37)', () => {
  test('the student reads them from NOTIFIED on (FROM_NOTIFIED, note 29)', async () => {
    expect(await select(STUDENT, 'pendingConduct', 'indicatorCode state')).toEqual(
      answered('pendingConduct', [
        { indicatorCode: 'D1-05', state: 'FOUND' },
        { indicatorCode: 'D3-02', state: 'NOTIFIED' },
        { indicatorCode: 'D6-05', state: 'FOUND' },
      ]),
    );
  });

  test.each([
    ['Student Affairs', 'T0001', ['D1-05', 'D3-02', 'D3-01', 'D6-05'], REVIEW],
    ['the college: the archive’s own', 'T0110', ['D3-02', 'D3-01'], REVIEW],
    ['academic affairs', 'T0301', ['D1-05'], undefined],
    ['finance', 'T0401', [], undefined],
    ['the Youth League', 'T0601', ['D6-05'], undefined],
  ])('%s reads what is its own matter (OWN_MATTER)', async (_, person, own, options) => {
    expect(await select(person, 'pendingConduct', 'indicatorCode', options)).toEqual(
      answered('pendingConduct', codes(...own)),
    );
  });

  test.each([
    ['a counsellor', 'T0101', 'COUNSELLOR.FG37', REVIEW],
    ['an awards evaluator', 'T0701', 'EV_AWARD.FG37', inCase('EC-AWARD')],
    ['an auditor', 'T0901', 'AUDITOR.FG37', { headers: { 'x-reference': 'AU-1' } }],
  ])('%s sees no accusation', async (_, person, rule, options) => {
    expect(await select(person, 'pendingConduct', 'indicatorCode', options)).toEqual(
      refused('pendingConduct', 'PENDING_CONDUCT', rule),
    );
  });
});

describe('Records that are over (FG14)', () => {
  test.each([
    ['the student', STUDENT, undefined],
    ['an auditor', 'T0901', { headers: { 'x-reference': 'AU-1' } }],
  ])('%s reads them, but for a sealed one (T-03)', async (_, person, options) => {
    expect(await select(person, 'closedConductRecords', 'indicatorCode state', options)).toEqual(
      answered('closedConductRecords', [{ indicatorCode: 'D3-06', state: 'REPAIRED' }]),
    );
  });

  test.each([
    ['Student Affairs outside an appeal or repair (note 13)', 'T0001', 'SCHOOL_ADMIN.FG14', REVIEW],
    ['the college', 'T0110', 'COLLEGE_ADMIN.FG14', REVIEW],
    ['a Party evaluator', 'T0702', 'EV_PARTY.FG14', inCase('EC-PARTY')],
  ])('%s does not', async (_, person, rule, options) => {
    expect(await select(person, 'closedConductRecords', 'indicatorCode', options)).toEqual(
      refused('closedConductRecords', 'CLOSED_CONDUCT', rule),
    );
  });
});

describe('Good records (FG12)', () => {
  const FIELDS = `indicatorCode level occurredOn endedOn state summary polarity sourceOffice`;
  const HOURS = {
    indicatorCode: 'P-07',
    level: 'SCHOOL',
    occurredOn: '2026-01-15',
    endedOn: null,
    state: 'APPROVED',
    summary: '志愿服务，2026-01-15',
    polarity: 'GOOD',
    sourceOffice: 'CYL',
  };
  const POST = {
    ...HOURS,
    indicatorCode: 'P-05',
    occurredOn: '2025-09-01',
    endedOn: '2026-01-20',
    summary: '学生干部任职，2025-09-01 至 2026-01-20',
  };
  const REVOKED = {
    ...HOURS,
    occurredOn: '2025-06-30',
    state: 'REVOKED',
    summary: '志愿服务，2025-06-30',
  };

  test.each([
    ['a counsellor', 'T0101', REVIEW],
    ['the Youth League', 'T0601', undefined],
    ['an awards evaluator', 'T0701', inCase('EC-AWARD')],
  ])('%s reads the approved ones (SC-04)', async (_, person, options) => {
    expect(await select(person, 'goodRecords', FIELDS, options)).toEqual(
      answered('goodRecords', [HOURS, POST]),
    );
  });

  test('the student also reads what was revoked (CLOSED_CONDUCT)', async () => {
    expect(await select(STUDENT, 'goodRecords', FIELDS)).toEqual(
      answered('goodRecords', [HOURS, POST, REVOKED]),
    );
  });

  test('finance does not (FG12)', async () => {
    expect(await select('T0401', 'goodRecords', 'indicatorCode')).toEqual(
      refused('goodRecords', 'GOOD_CONDUCT', 'FIN_CLERK.FG12'),
    );
  });
});

describe('Predicates as where-clauses (3.4b)', () => {
  const accessOf = (role: string) => ({ identity: { role } }) as RowAccess;

  test("the employment office's own matter is dimension D6 (note 10)", () => {
    expect(ownMatter(accessOf('AEO_STAFF'))).toEqual({ indicatorCode: { $like: 'D6-%' } });
  });

  test('the research office reads research cases (OWN_DOMAIN, note 12)', () => {
    expect(ownDomain(accessOf('RDO_STAFF'))).toEqual({ sourceTypename: 'MisconductCase' });
  });

  test('the connector reads what is part of an approved submission (SUBMITTED, note 8)', () => {
    expect(submitted(accessOf('PROV_CONN'))).toEqual({ isSubmitted: true });
  });

  test('the committee reads what belongs to the sanction of its case (APPEALED, note 23)', () => {
    const request = {
      identity: { role: 'APPEAL_COMMITTEE', caseId: 'EC-1' },
    } as unknown as RowAccess;
    expect(appealed(request)).toEqual({ appealCases: { $contains: ['EC-1'] } });
    expect(appealed(accessOf('APPEAL_COMMITTEE'))).toEqual({ appealCases: { $contains: [''] } });
  });

  test.each([
    ['OWN_PROVIDER', ownProvider, 'TPC_INST'],
    ['OWN_MATTER', ownMatter, 'EV_AWARD'],
  ])('%s passes no row while its facts are not there', (_, predicate, role) => {
    expect(predicate(accessOf(role))).toEqual({ id: null });
  });
});
