/** SC-11: a security record is sealed by law; but for the student and the audit it is as if there were none (T-03). */
import { keyOfRecord } from '@chengxin/kit/feed/record-key';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creditOf } from '../archive/accepted.js';
import {
  aCase,
  approveCases,
  flagged,
  inDatabase,
  proposeCases,
  running,
} from '../security/cases.js';
import { disclosedTo } from '../support/access-log.js';
import {
  startCollege,
  type Answer,
  type RequestOptions,
  type TestCollege,
} from '../support/college.js';
import { importer } from '../support/imports.js';
import { deliverNotices } from '../support/jobs.js';
import { mutate, mutationText, type ChangedRow } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { REFUSED, writeStraight } from '../support/straight.js';

const STUDENT = '2024020130';
/** In the same class, and never on the list. */
const CLEAN = '2024020111';
const REVIEWER = 'T0502';
const REVIEW: RequestOptions = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const AUDIT: RequestOptions = { headers: { 'x-reference': 'AU-2026-1' } };
const PARTY: RequestOptions = { headers: { 'x-case': 'EC-2026-P1' } };
const noun = 'LawViolation';

let college: TestCollege;
let row: ChangedRow;
let file: string;
let noticeId: string;

beforeAll(async () => {
  college = await startCollege({ at: '2025-06-20T10:00:00+08:00' });
  const { report } = await proposeCases(college, [
    aCase({
      案件编号: 'SEC-2025-009',
      学号: STUDENT,
      类别: '行政处罚',
      行为日期: '2025-05-06',
      告知日期: '2025-05-20',
      认定日期: '2025-06-10',
    }),
  ]);
  await approveCases(college, report.batchId);
  await deliverNotices(college);
  const [record] = await asOwner<{ id: string; version: number }>(
    college,
    'archive',
    `select id, version from conduct_record where student_no = $1`,
    [STUDENT],
  );
  const accept = {
    name: 'acceptConductRecord',
    noun: 'ConductRecord',
    args: { id: record!.id, expectedVersion: record!.version },
  };
  const { came } = await mutate(college, 'T0001', accept, REVIEW.headers);
  if (came !== 'OK') throw new Error(`The record was not accepted: ${came}.`);

  const [held] = await inDatabase<ChangedRow>(college, `select id, version from law_violation`);
  row = held!;
  const [material] = await inDatabase<{ id: string }>(
    college,
    `insert into material (student_no, law_violation_id, digest, names_third_persons)
     select student_no, id, 'keyed-digest', true from law_violation returning id`,
  );
  file = material!.id;
  const { orm, config } = running(college);
  await keyOfRecord(forkOf(orm), config.keyring, 'Material', file);
  await asOwner(
    college,
    'security',
    `insert into notice_standing (subject_type, subject_id, kind, student_no, groups)
     values ('LawViolation', $1, 'FINDING', $2, '{LAW_VIOLATIONS}')`,
    [row.id, STUDENT],
  );
  await asOwner(
    college,
    'security',
    `insert into outbox (topic, key, version, at)
     select 'notice', key, version, now() from notice_standing`,
  );
  await deliverNotices(college);
  const [notice] = await asOwner<{ id: string }>(
    college,
    'archive',
    `select id from notice where subject_subgraph = 'security'`,
  );
  noticeId = notice?.id ?? '';

  college.clock.set('2026-01-02T10:00:00+08:00');
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-P1',
      用途: '入党',
      名称: '2026 年发展对象',
      主办部门: 'SAO',
      开始时间: '2026-01-01 00:00:00',
      结束时间: '2026-01-20 00:00:00',
      学生学号: `${STUDENT};${CLEAN}`,
      评审人工号: 'T0702',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-01-01 00:00:00',
      结束时间: '2026-02-01 00:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const of = (studentNo: string, fields: string, name = 'Read') =>
  `query ${name} { student(studentNo: "${studentNo}") { ${fields} } }`;
const codes = ({ errors = [] }: Answer) =>
  new Set(errors.map(({ extensions }) => extensions['code']));
const seal = { name: 'sealLawViolation', noun };
const points = async () =>
  (await creditOf(college, STUDENT)) as { ledger: { points: string }[] } | null;

test('before the seal it is known, and counts', async () => {
  const { data } = await college.request('T0501', of(STUDENT, 'lawViolations { state }'));
  expect(data).toEqual({ student: { lawViolations: [{ state: 'FOUND' }] } });
  expect((await points())?.ledger.map((line) => Number(line.points) < 0)).toEqual([true]);
  expect(noticeId).not.toBe('');
});

test('the reviewer seals it, and sees it no more; straight at the office nobody does', async () => {
  const args = { id: row.id, expectedVersion: row.version };
  const text = mutationText({ ...seal, args });
  const reviewer = importer(REVIEWER, 'SEC_REVIEWER');
  expect(await writeStraight(college, 'security', reviewer, text)).toEqual([REFUSED, REFUSED]);
  expect((await mutate(college, 'T0501', { ...seal, args })).came).toBe('FORBIDDEN_ACTION');
  const { came, row: shown } = await mutate(college, REVIEWER, { ...seal, args });
  expect([came, shown]).toEqual(['OK', null]);
  await college.settle();
  // Sealed, it is there for nobody who could seal it again.
  const again = { id: row.id, expectedVersion: row.version + 1 };
  expect((await mutate(college, REVIEWER, { ...seal, args: again })).came).toBe('NOT_FOUND');
});

test('the student himself: sealed by law, since when; the record counts nothing any more', async () => {
  const query = of(STUDENT, 'lawViolations { state sealedOn category authority }');
  const answer = await college.request(STUDENT, query);
  expect(answer.data).toEqual({
    student: {
      lawViolations: [{ state: 'SEALED', sealedOn: '2026-01-02', category: null, authority: null }],
    },
  });
  expect(codes(answer)).toEqual(new Set(['RECORD_SEALED']));
  // Of a sealed record nobody reads a line, he himself neither: a line would say what it was of.
  expect(await points()).toMatchObject({ score: 10000, ledger: [] });
  const ledger = of(STUDENT, 'credit { ledger { points } }');
  const { data } = await college.request('T0001', ledger, REVIEW);
  expect(data).toEqual(
    (await college.request('T0001', of(CLEAN, 'credit { ledger { points } }'), REVIEW)).data,
  );
});

test('the auditor: metadata and the keyed digest', async () => {
  const query = of(
    STUDENT,
    'lawViolations { state sealedOn category authority materials { digest } }',
  );
  const answer = await college.request('T0901', query, AUDIT);
  expect(answer.data).toEqual({
    student: {
      lawViolations: [
        {
          state: 'SEALED',
          sealedOn: '2026-01-02',
          category: 'ADMIN_PENALTY',
          authority: null,
          materials: [{ digest: 'keyed-digest' }],
        },
      ],
    },
  });
  expect(codes(answer)).toEqual(new Set(['RECORD_SEALED']));
});

const OTHERS: readonly (readonly [string, string, RequestOptions, object])[] = [
  ['T0501', 'lawViolations { state category }', {}, {}],
  ['T0502', 'lawViolations { state category }', {}, {}],
  [
    'T0001',
    'lawViolations { state category } conductRecords { state } notices { kind }',
    REVIEW,
    {},
  ],
  ['T0702', 'lawViolations { category }', PARTY, flagged('EV_PARTY.FG18')],
];

test.each(OTHERS)(
  '%s gets exactly what a student without a record gives, and leaves the same line in the log',
  async (person, fields, options, beside) => {
    const name = `Read${person}`;
    const sealed = await college.request(person, of(STUDENT, fields, name), options);
    const clean = await college.request(person, of(CLEAN, fields, name), options);
    expect(sealed).toMatchObject({ data: { student: { lawViolations: [] } }, ...beside });
    expect(sealed).toEqual(clean);
    await college.settle();
    const [[line], [other]] = await Promise.all([
      disclosedTo(college, STUDENT, name),
      disclosedTo(college, CLEAN, name),
    ]);
    expect({ ...line, studentNo: CLEAN }).toEqual(other);
  },
);

test('lists count none, the files are unreadable, and no notice tells of it', async () => {
  const list = '{ lawViolations { nodes { state } pageInfo { hasNextPage } } }';
  expect(await college.request('T0501', list)).toEqual({
    data: { lawViolations: { nodes: [], pageInfo: { hasNextPage: false } } },
  });
  const keys = await execute(
    forkOf(running(college).orm),
    `select 1 from record_key where topic = 'Material' and key = ?`,
    [file],
  );
  expect(keys).toEqual([]);
  const notices = await asOwner(college, 'archive', `select 1 from notice where id = $1`, [
    noticeId,
  ]);
  expect(notices).toEqual([]);
  const [record] = await asOwner(
    college,
    'archive',
    `select state from conduct_record where student_no = $1`,
    [STUDENT],
  );
  expect(record).toEqual({ state: 'SEALED' });
});
