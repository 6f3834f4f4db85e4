/** `Student.credit`: the one view that the caller may see (DOMAIN 3.7(14), 4.2, 2.4). */
import { followRecords } from '@chengxin/archive/conduct/follow';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { newStudent } from '../support/new-student.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { consent } from '../thirdparty/provider-files.js';
import { StudentRows } from './procedure-rows.js';

const STUDENT = '2024010317';
const QUERY = `{ student(studentNo: "${STUDENT}") { credit {
  grade score view ledger { points indicatorCode capCode } dimensions { code score } } } }`;
const COUNSELLOR = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-15T10:00:00+08:00' });
  await college.bring('archive', 'consents', [consent({ 学号: STUDENT })]);
});
afterAll(() => college.stop());

const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running;
};
const compute = () =>
  followRecords(forkOf(archive().orm), college.clock.now(), [STUDENT, '2024010305']);

/** A record that Student Affairs accepted; the flow that does so comes later. */
async function accept(indicator: string, origin: string, severity: string, on: string) {
  await asOwner(
    college,
    'archive',
    `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
       occurred_on, found_on, finding_on, finding_body, finding_doc_no, legal_basis, state,
       notice_delivered_at, evidence, consent_id, source_subgraph, source_typename, source_id, source_version,
       recorded_at)
     values ($1, $2, $3, 'SAO', $4, $5::date, $5::date, $5::date, 'SAO', 'D-1', 'rule', 'ACTIVE', now(),
       '[{"id":"1","docNo":"D-1"}]', case when $2 in ('D2-02', 'D2-03') then 'CS-BANK' end, 'archive', 'ConductRecord', $2 || $5, 1, now())`,
    [STUDENT, indicator, origin, severity, on],
  );
  await compute();
}

const creditOfStudent = async (person: string, options = {}) => {
  const answer = await college.request(person, QUERY, options);
  return (answer.data?.['student'] as { credit: Record<string, unknown> } | null)?.credit;
};

test('whoever is enrolled stands at 100.00, and a snapshot is written once (4.2)', async () => {
  expect(await creditOfStudent(STUDENT)).toEqual({
    grade: 'A',
    score: 10000,
    view: 'FULL',
    ledger: [],
    dimensions: ['D1', 'D2', 'D3', 'D4', 'D5', 'D6'].map((code) => ({ code, score: 10000 })),
  });
  await compute();
  await compute();
  const rows = await execute(
    forkOf(archive().orm),
    'select 1 from credit_snapshot where student_no = ?',
    [STUDENT],
  );
  expect(rows.length).toBe(1);
});

test('good records of the offices move the score as soon as they are published', async () => {
  await college.bring('youthleague', 'volunteerHours', [
    { 学号: STUDENT, 学期: '2025-2', 时长: '45', 确认日期: '2026-04-01' },
  ]);
  const credit = await creditOfStudent(STUDENT);
  expect(credit).toMatchObject({
    score: 10100,
    ledger: [{ points: 100, indicatorCode: 'P-07', capCode: null }],
  });
});

test('the school sees no third-party line, and its sum agrees (SC-05 step 4)', async () => {
  await accept('D3-06', 'BAD_CONDUCT', 'S1', '2026-03-10');
  await accept('D2-02', 'CARD_OVERDRAFTS', 'S2', '2026-03-02');
  expect(await creditOfStudent(STUDENT)).toMatchObject({ view: 'FULL', score: 9650, grade: 'A' });
  const seen = await creditOfStudent('T0110', COUNSELLOR);
  expect(seen).toMatchObject({
    view: 'SCHOOL',
    score: 9950,
    grade: 'A',
    ledger: [
      { points: -150, indicatorCode: 'D3-06', capCode: null },
      { points: 100, indicatorCode: 'P-07', capCode: null },
    ],
  });
});

test('the counsellor reads the grade and a band, and no score (note 1)', async () => {
  const answer = await college.request(
    'T0101',
    `{ student(studentNo: "${STUDENT}") { credit { grade score scoreMasked ledger { points } } } }`,
    COUNSELLOR,
  );
  expect(answer.data).toEqual({
    student: { credit: { grade: 'A', score: null, scoreMasked: '95-99.99', ledger: null } },
  });
  expect(answer.errors?.map(({ path, extensions }) => [path?.at(-1), extensions['rule']])).toEqual([
    ['score', 'COUNSELLOR.FG21'],
    ['ledger', 'COUNSELLOR.FG23'],
  ]);
});

test('a C waits for two people: others see the last confirmed grade and nothing of it (2.4, L-08)', async () => {
  await accept('D1-05', 'ACADEMIC_MISCONDUCT', 'S3', '2026-04-10');
  expect(await creditOfStudent(STUDENT)).toMatchObject({ grade: 'C', score: 6650 });
  expect(await creditOfStudent('T0110', COUNSELLOR)).toMatchObject({ grade: 'C', score: 6950 });
  expect(await creditOfStudent('T0101', COUNSELLOR)).toMatchObject({ grade: 'A' });
});

test('a line of a record that is closed now leaves no trace for the college (NO_CLOSED_LINE)', async () => {
  await asOwner(
    college,
    'archive',
    `update conduct_record set state = 'LIFTED' where indicator_code = 'D1-05'`,
  );
  // Before the snapshot is computed anew, the old one with the closed line is hidden already.
  expect(await creditOfStudent('T0110', COUNSELLOR)).toMatchObject({ grade: 'A', score: 9950 });
  await compute();
  expect(await creditOfStudent(STUDENT)).toMatchObject({ grade: 'A', score: 9650 });
});

test('an evaluator reads no grade while no run is locked, and never a score', async () => {
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-1',
      用途: '评优',
      名称: '评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
  const answer = await college.request(
    'T0701',
    `{ student(studentNo: "${STUDENT}") { credit { grade score } } }`,
    { headers: { 'x-case': 'EC-1' } },
  );
  expect(answer).toEqual({
    data: { student: { credit: { grade: null, score: null } } },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'credit', 'score'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'CREDIT_SCORE',
          clause: 'FG21',
          rule: 'EV_AWARD.FG21',
        },
      },
    ],
  });
});

test('the database keeps snapshots as they are (INV-08)', async () => {
  const em = forkOf(archive().orm);
  await expect(execute(em, `update credit_snapshot set grade = 'A'`)).rejects.toThrow(
    'permission denied for table credit_snapshot',
  );
  await expect(execute(em, 'delete from credit_snapshot')).rejects.toThrow(
    'permission denied for table credit_snapshot',
  );
});

test('every latest snapshot is what a recomputation of all students gives', async () => {
  const em = forkOf(archive().orm);
  const count = async () => (await execute(em, 'select 1 from credit_snapshot')).length;
  const students = await execute<{ no: string }>(em, 'select student_no as no from student');
  const before = await count();
  await followRecords(
    em,
    college.clock.now(),
    students.map(({ no }) => no),
  );
  expect(await count()).toBe(before);
  expect(students.length).toBe(9);
});

test('what only the full view shows gives the school no new snapshot (3.7(14), (15))', async () => {
  const query = `{ student(studentNo: "${STUDENT}") { credit { snapshotId asOf } } }`;
  const read = async (person: string, options = {}) =>
    (await college.request(person, query, options)).data?.['student'];
  const people: readonly (readonly [string, object])[] = [
    ['T0110', COUNSELLOR],
    ['T0101', COUNSELLOR],
    ['T0001', COUNSELLOR],
  ];
  const school = () => Promise.all(people.map(([person, options]) => read(person, options)));
  const before = await school();
  const own = await read(STUDENT);

  college.clock.set('2026-04-16T10:00:00+08:00');
  await accept('D2-03', 'PHONE_BILLS', 'S1', '2026-03-05');
  const after = await school();
  const ownAfter = await read(STUDENT);
  await asOwner(college, 'archive', `delete from conduct_record where indicator_code = 'D2-03'`);
  await compute();

  expect(after).toEqual(before);
  expect(ownAfter).toEqual({ credit: { snapshotId: expect.any(String), asOf: '2026-04-16' } });
  expect(ownAfter).not.toEqual(own);
});

/** Who earns or loses what, as DOMAIN 4.8 writes it; each example is a student of his own. */
type Bad = readonly [
  code: string,
  severity: string,
  on: string,
  more?: {
    state?: string;
    disputed?: boolean;
    bill?: string;
    curedOn?: string;
    occurredOn?: string;
  },
];
type Good = readonly [code: string, on: string, amount?: number];
interface Example {
  readonly bad?: readonly Bad[];
  readonly good?: readonly Good[];
  /** Day on which it is read. */
  readonly on: string;
  readonly school: string;
  /** The same as the school's, when nothing is said. */
  readonly full?: string;
  /** Points of the lines of the school view. */
  readonly lines: readonly number[];
  readonly isWithdrawn?: boolean;
}
const CHEATING: Bad = ['D1-05', 'S3', '2025-07-04', { occurredOn: '2025-06-24' }];
const EARNED: readonly Good[] = [
  ['P-02', '2025-03-10'],
  ['P-07', '2025-05-20', 40],
];
const THREE: readonly Bad[] = [
  ['D3-06', 'S1', '2026-01-08'],
  ['D3-06', 'S1', '2026-02-12'],
  ['D3-08', 'S1', '2026-03-05'],
];
const PROVIDERS: readonly Bad[] = [
  ['D2-03', 'S1', '2026-03-02'],
  ['D2-02', 'S2', '2026-03-02'],
];
const TWO: readonly Bad[] = [
  ['D3-06', 'S1', '2026-03-05'],
  ['D3-06', 'S1', '2026-03-25'],
];
const DAMAGE = (state: string): Bad => ['D3-01', 'S2', '2026-03-10', { state }];
const HELP: readonly Good[] = [['P-07', '2026-05-30', 60]];
const EXAMPLES: readonly (readonly [string, Example])[] = [
  ['U-1', { on: '2026-01-01', school: '100.00 A', lines: [] }],
  [
    'U-2',
    {
      bad: [CHEATING],
      good: EARNED,
      on: '2025-07-10',
      school: '72.00 C',
      lines: [-3000, 100, 100],
    },
  ],
  [
    'U-3',
    { bad: [CHEATING], good: EARNED, on: '2026-07-05', school: '83.00 B', lines: [-1800, 50, 50] },
  ],
  [
    'U-4',
    {
      bad: [['D1-05', 'S3', '2025-07-04', { occurredOn: '2025-06-24', state: 'LIFTED' }]],
      good: EARNED,
      on: '2026-07-06',
      school: '101.00 A',
      lines: [50, 50],
    },
  ],
  ['U-5', { bad: THREE, on: '2026-03-10', school: '94.37 B', lines: [-150, -188, -225] }],
  ['U-6', { bad: THREE, on: '2026-07-20', school: '98.31 A', lines: [-75, -94] }],
  [
    'U-7',
    {
      bad: ['2026-01-05', '2026-02-05', '2026-03-05'].map((on): Bad => ['D1-02', 'S3', on]),
      on: '2026-03-10',
      school: '60.00 C',
      lines: [-3000, -3750, -4500, 7250],
    },
  ],
  [
    'U-8',
    {
      bad: [['D1-05', 'S4', '2026-03-05']],
      on: '2026-03-10',
      school: '60.00 D',
      lines: [-6000, 2000],
    },
  ],
  [
    'U-8, disputed',
    {
      bad: [['D1-05', 'S4', '2026-03-05', { disputed: true }]],
      on: '2026-03-10',
      school: '60.00 C',
      lines: [-6000, 2000],
    },
  ],
  [
    'U-9',
    {
      bad: [...PROVIDERS, ['D3-06', 'S1', '2026-03-05']],
      on: '2026-04-15',
      school: '98.50 A',
      full: '95.50 A',
      lines: [-150],
    },
  ],
  [
    'U-9, the consent withdrawn',
    {
      bad: [...PROVIDERS, ['D3-06', 'S1', '2026-03-05']],
      on: '2026-04-15',
      school: '98.50 A',
      lines: [-150],
      isWithdrawn: true,
    },
  ],
  [
    'U-10',
    {
      bad: [['D2-01', 'S2', '2025-12-20', { bill: 'U10' }]],
      on: '2026-03-01',
      school: '90.40 B',
      lines: [-960],
    },
  ],
  [
    'U-10, paid',
    {
      bad: [['D2-01', 'S2', '2025-12-20', { bill: 'U10-PAID', curedOn: '2026-03-15' }]],
      on: '2026-10-01',
      school: '95.20 B',
      lines: [-480],
    },
  ],
  [
    'U-11',
    {
      bad: [DAMAGE('ACTIVE')],
      good: HELP,
      on: '2026-06-20',
      school: '93.50 B',
      lines: [-800, 150],
    },
  ],
  [
    'U-11, mitigated',
    {
      bad: [DAMAGE('MITIGATED')],
      good: HELP,
      on: '2026-06-20',
      school: '97.50 B',
      lines: [-400, 150],
    },
  ],
  [
    'U-11, repaired',
    { bad: [DAMAGE('REPAIRED')], good: HELP, on: '2026-06-20', school: '101.50 A', lines: [150] },
  ],
  [
    'U-12',
    {
      bad: [
        ['D2-04', 'S2', '2026-03-01'],
        ['D4-02', 'S2', '2026-03-01'],
        ['D3-06', 'S1', '2026-03-01'],
        ...PROVIDERS,
      ],
      on: '2026-04-15',
      school: '82.50 B',
      lines: [-960, -640, -150],
      full: '80.00 B',
    },
  ],
  [
    'U-13',
    {
      bad: [...TWO, ...PROVIDERS],
      on: '2026-04-15',
      school: '96.62 A',
      full: '95.00 A',
      lines: [-150, -188],
    },
  ],
  [
    'U-14',
    {
      bad: [...TWO, ['D3-08', 'S1', '2026-03-26']],
      good: [['P-10', '2026-04-01']],
      on: '2026-04-15',
      school: '94.37 B',
      full: '95.37 B',
      lines: [-150, -188, -225],
    },
  ],
];

const ORIGINS: Readonly<Record<string, string>> = {
  'D2-01': 'TUITION',
  'D2-02': 'CARD_OVERDRAFTS',
  'D2-03': 'PHONE_BILLS',
  'P-10': 'PHONE_BILLS',
};
const originOf = (code: string) => ORIGINS[code] ?? 'BAD_CONDUCT';
const isOfProvider = (code: string) => ['D2-02', 'D2-03', 'P-10'].includes(code);

/** The records of one example, as accepted, under a consent of the student's own. */
async function bring(name: string, studentNo: string, example: Example): Promise<void> {
  const { bad = [], good = [], isWithdrawn = false } = example;
  const rows = new StudentRows(() => college, studentNo);
  const consentId = `CS ${name}`;
  await rows.consent(consentId, 'THIRD_PARTY_COLLECT', {
    granted_at: '2026-01-01T00:00:00Z',
    expires_at: '2027-01-01T00:00:00Z',
    withdrawn_at: isWithdrawn ? '2026-04-10T00:00:00Z' : null,
  });
  const under = (code: string) => (isOfProvider(code) ? { consent_id: consentId } : {});
  for (const [at, [code, severity, on, more = {}]] of bad.entries())
    await rows.record(`${name} ${at}`, code, originOf(code), 'SAO', more.state ?? 'ACTIVE', {
      severity,
      occurred_on: more.occurredOn ?? on,
      found_on: on,
      finding_on: on,
      disputed: more.disputed ?? false,
      ...(more.bill && { bill_no: more.bill }),
      ...(more.curedOn && { cured_on: more.curedOn }),
      ...under(code),
    });
  for (const [at, [code, on, amount]] of good.entries())
    await put(college, 'archive', 'good_record', {
      student_no: studentNo,
      indicator_code: code,
      origin_group: code === 'P-10' ? 'PHONE_BILLS' : 'GOOD_CONDUCT',
      source_office: 'SAO',
      occurred_on: on,
      ...(amount !== undefined && { amount }),
      state: 'APPROVED',
      source_subgraph: 'archive',
      source_typename: 'GoodRecord',
      source_id: `${name} ${at}`,
      source_version: 1,
      recorded_at: `${on}T00:00:00Z`,
      ...under(code),
    });
}

/** `72.00 C` of a student, and the points of the ledger, as a person reads them in the graph. */
async function readBy(person: string, studentNo: string, options = {}) {
  const query = `{ student(studentNo: "${studentNo}") { credit { grade score view ledger { points } } } }`;
  const { data, errors } = await college.request(person, query, options);
  expect(errors).toBeUndefined();
  const { student } = data as {
    student: {
      credit: { grade: string; score: number; view: string; ledger: { points: number }[] };
    };
  };
  const { view, score, grade, ledger } = student.credit;
  return {
    view,
    result: `${(score / 100).toFixed(2)} ${grade}`,
    lines: ledger.map(({ points }) => points),
  };
}

test.each(EXAMPLES)('%s of 4.8, in the graph', async (name, example) => {
  const studentNo = await newStudent(college);
  await bring(name, studentNo, example);
  college.clock.set(`${example.on}T10:00:00+08:00`);
  await followRecords(forkOf(archive().orm), college.clock.now(), [studentNo]);
  const { school, full = school, lines } = example;
  const ofSchool = await readBy('T0110', studentNo, COUNSELLOR);
  expect([ofSchool.view, ofSchool.result]).toEqual(['SCHOOL', school]);
  const inOrder = (points: readonly number[]) => points.toSorted((one, other) => one - other);
  expect(inOrder(ofSchool.lines)).toEqual(inOrder(lines));
  const own = await readBy(studentNo, studentNo);
  expect([own.view, own.result]).toEqual(['FULL', full]);
  // Every view is the sum of its lines (INV-07).
  for (const { result, lines: all } of [ofSchool, own])
    expect(Number.parseFloat(result)).toBeCloseTo(
      100 + all.reduce((sum, points) => sum + points, 0) / 100,
      2,
    );
});
