import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startCollege,
  type Answer,
  type RequestOptions,
  type TestCollege,
} from '../support/college.js';
import { countStatements } from '../support/statements.js';
import { aCase, approveCases, flagged, inDatabase, proposeCases } from './cases.js';

const SEALED = '2024020130';
/** In the same class, and never on the list. */
const CLEAN = '2024020111';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  const { report } = await proposeCases(college, [
    aCase({ 案件编号: 'SEC-2025-009', 学号: SEALED, 类别: '行政处罚', 行为日期: '2025-05-06' }),
  ]);
  await approveCases(college, report.batchId);
  await inDatabase(
    college,
    `insert into material (student_no, law_violation_id, digest, names_third_persons)
     select student_no, id, 'keyed-digest', true from law_violation`,
  );
  await inDatabase(college, `update law_violation set state = 'SEALED', sealed_on = '2026-01-02'`);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-P2',
      用途: '入党',
      名称: '2026 年春季发展对象',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: `${SEALED};${CLEAN}`,
      评审人工号: 'T0702',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const FIELDS = `id studentNo version recordedAt actOn category authority docNo legalBasis state sealedOn
  student { studentNo } evidence { docNo } materials { digest class namesThirdPersons }`;
const of = (studentNo: string, fields: string) =>
  `{ student(studentNo: "${studentNo}") { lawViolations { ${fields} } } }`;
/** The fields whose selection is refused because the record is sealed. */
const WITHHELD = ['id', 'version', 'recordedAt', 'actOn', 'authority', 'docNo', 'legalBasis'];
const LEFT = {
  ...Object.fromEntries(WITHHELD.map((field) => [field, null])),
  studentNo: null,
  category: null,
  state: 'SEALED',
  sealedOn: '2026-01-02',
  student: null,
  evidence: null,
  materials: null,
};

/** Where the answer says that something is sealed, and by which cell. */
const errorsOf = ({ errors = [] }: Answer) =>
  errors.map(
    ({ path = [], extensions }) => `${path.slice(3).join('.')} ${JSON.stringify(extensions)}`,
  );
const sealedAt = (role: string, fields: readonly string[]) => {
  const cell = { group: 'LAW_VIOLATIONS', clause: 'FG18', rule: `${role}.FG18` };
  const extensions = { code: 'RECORD_SEALED', ...cell };
  return new Set(fields.map((field) => `${field} ${JSON.stringify(extensions)}`));
};

test('the student himself reads that it is sealed and since when (SC-11, note 15)', async () => {
  const answer = await college.request(SEALED, of(SEALED, FIELDS));
  expect(answer.data).toEqual({ student: { lawViolations: [LEFT] } });
  const refused = [...WITHHELD, 'studentNo', 'category', 'student', 'evidence', 'materials'];
  expect(new Set(errorsOf(answer))).toEqual(sealedAt('STU_SELF', refused));
});

test('the auditor reads the metadata and the keyed digest (SC-11, note 15)', async () => {
  const options = { headers: { 'x-reference': 'AU-2026-1' } };
  const answer = await college.request('T0901', of(SEALED, FIELDS), options);
  expect(answer.data).toEqual({
    student: {
      lawViolations: [
        {
          ...LEFT,
          studentNo: SEALED,
          student: { studentNo: SEALED },
          category: 'ADMIN_PENALTY',
          materials: [{ digest: 'keyed-digest', class: 'L4', namesThirdPersons: null }],
        },
      ],
    },
  });
  const refused = [...WITHHELD, 'evidence', 'materials.0.namesThirdPersons'];
  expect(new Set(errorsOf(answer))).toEqual(sealedAt('AUDITOR', refused));
});

const ADMIN_REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const OTHERS: readonly (readonly [string, string, RequestOptions, object])[] = [
  ['T0501', 'state category', {}, {}],
  ['T0502', 'state category', {}, {}],
  ['T0001', 'state category', ADMIN_REVIEW, {}],
  ['T0210', 'category', ADMIN_REVIEW, flagged('COLLEGE_ADMIN.FG18')],
  ['T0702', 'category', { headers: { 'x-case': 'EC-2026-P2' } }, flagged('EV_PARTY.FG18')],
];

test.each(OTHERS)(
  '%s gets what a student without a record gives, by the same statements (SC-11)',
  async (person, fields, options, beside) => {
    const requestFor = (studentNo: string) => () =>
      college.request(person, of(studentNo, fields), options);
    // Who the caller is, and whom he has opened within this minute, is known from here on.
    await requestFor(CLEAN)();
    await requestFor(SEALED)();

    const sealed = await countStatements(requestFor(SEALED));
    const clean = await countStatements(requestFor(CLEAN));

    expect(sealed.result).toEqual({ data: { student: { lawViolations: [] } }, ...beside });
    expect(clean.result).toEqual(sealed.result);
    expect(clean.statements.map(({ text }) => text.replaceAll(CLEAN, SEALED))).toEqual(
      sealed.statements.map(({ text }) => text),
    );
  },
);

test('the list of security does not have it, whatever is requested (SC-11, 3.7)', async () => {
  for (const filter of [
    '',
    '(filter: { state: SEALED })',
    `(filter: { student: { studentNo: "${SEALED}" } })`,
  ])
    expect(
      await college.request(
        'T0501',
        `{ lawViolations${filter} { nodes { state } pageInfo { hasNextPage endCursor } } }`,
      ),
    ).toEqual({
      data: { lawViolations: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    });
});

test('a file that names the case again is answered as a new one, and changes nothing (T-03, FG14)', async () => {
  const again = aCase({ 案件编号: 'SEC-2025-009', 学号: SEALED, 行为日期: '2025-05-06' });
  const { report, rejected } = await proposeCases(college, [again]);
  expect(rejected).toEqual([]);
  expect(await approveCases(college, report.batchId)).toMatchObject({ rows: 1, changed: 1 });
  expect(await inDatabase(college, `select state, version, category from law_violation`)).toEqual([
    { state: 'SEALED', version: 1, category: 'ADMIN_PENALTY' },
  ]);
});

test('the database does not let a sealed record change (T-03)', async () => {
  await expect(
    inDatabase(college, `update law_violation set state = 'ACTIVE', sealed_on = null`),
  ).rejects.toMatchObject({ constraint: 'law_violation_is_sealed' });
});
