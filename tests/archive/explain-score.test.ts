/** Why a score is what it is, and what it would be, if (4.8, L-08, SC-04, SC-05, SC-09). */
import { followRecords } from '@chengxin/archive/conduct/follow';
import type { Role } from '@chengxin/kit/privacy/roles';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bringReferences,
  CALLERS,
  REPORT_CONSENT,
  requestAs,
  STUDENT,
} from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { useArchive } from '../support/archive-in-use.js';
import { publishText } from '../support/entry.js';
import { disclosedTo } from '../support/access-log.js';
import { aRun, snapshotsOf } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { StudentRows } from './procedure-rows.js';

const NOW = '2026-04-15T10:00:00+08:00';
const OTHER = '2024010305';
const READERS: readonly Role[] = ['STU_SELF', 'COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'AUDITOR'];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);

const compute = () => {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('The archive is not running.');
  return followRecords(forkOf(archive.orm), college.clock.now(), [STUDENT, OTHER]);
};
const snapshotIdFor = async (role: Role, studentNo = STUDENT): Promise<string> => {
  const query = `{ student(studentNo: "${studentNo}") { credit { snapshotId } } }`;
  const { data } = await requestAs(college, role, query);
  const student = data?.['student'] as { credit: { snapshotId: string } } | undefined;
  return student?.credit.snapshotId ?? '';
};

const LINES = `lines { seq points capCode recordId indicatorCode words { zh en }
  factors { kind value words { zh en } } fades { on points } appeal { en } repair { en }
  conductRecord { recordId sourceOffice severity finding { docNo } }
  goodRecord { recordId sourceOffice } }`;
const EXPLAIN = `view asOf ruleSetVersion start score grade gradeWords { zh en } review { en } ${LINES}`;
interface Line {
  readonly seq: number;
  readonly points: number;
  readonly capCode: string | null;
  readonly recordId: string | null;
  readonly indicatorCode: string | null;
  readonly words: { zh: string; en: string };
  readonly factors: { kind: string; value: string }[] | null;
  readonly fades: { on: string; points: number }[] | null;
  readonly appeal: { en: string } | null;
  readonly repair: { en: string } | null;
  readonly conductRecord: object | null;
}
interface Explanation {
  readonly view: string;
  readonly start: number;
  readonly score: number;
  readonly grade: string;
  readonly lines: readonly Line[];
}
const explain = async (role: Role, snapshotId: string, fields = EXPLAIN) =>
  requestAs(college, role, `{ explainScore(snapshotId: "${snapshotId}") { ${fields} } }`);
const explained = async (role: Role): Promise<Explanation> => {
  const { data, errors } = await explain(role, await snapshotIdFor(role));
  expect(
    errors?.filter(({ extensions }) => extensions['code'] !== 'FORBIDDEN_FIELD') ?? [],
  ).toEqual([]);
  return data?.['explainScore'] as Explanation;
};
const sum = (lines: readonly { points: number }[]) =>
  lines.reduce((all, { points }) => all + points, 0);
/** What the numbers of a line are the product of, in hundredths, rounded half-up. */
const product = ({ factors, points }: Line) => {
  const exact = (factors ?? []).reduce((all, { value }) => all * Number(value), 100);
  return Math.sign(points) * Math.floor(exact + 0.5 + 1e-9);
};

beforeAll(async () => {
  college = await startCollege({ at: NOW });
  await bringReferences(college);
  await rows.consent('CS-BANK', 'THIRD_PARTY_COLLECT', { recipient_name: '乙银行' });
  const found = { occurred_on: '2026-03-02', found_on: '2026-03-02', finding_on: '2026-03-02' };
  await rows.record('LIFE', 'D3-06', 'BAD_CONDUCT', 'SAO', 'ACTIVE', { ...found, severity: 'S1' });
  await rows.record('EXAM', 'D1-04', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE', {
    ...found,
    severity: 'S2',
    occurred_on: '2025-10-10',
    found_on: '2025-10-10',
    finding_on: '2025-10-10',
  });
  await rows.record('BANK', 'D2-02', 'CARD_OVERDRAFTS', 'TPC', 'ACTIVE', {
    ...found,
    severity: 'S2',
    consent_id: 'CS-BANK',
  });
  await rows.record('PLAGIARISM', 'D1-02', 'ACADEMIC_MISCONDUCT', 'AAO', 'LIFTED', found);
  await college.bring('youthleague', 'volunteerHours', [
    { 学号: STUDENT, 学期: '2025-2', 时长: '45', 确认日期: '2026-04-01' },
  ]);
  await compute();
});
afterAll(() => college.stop());

describe('explainScore', () => {
  test('every line says its numbers, when it fades, how to appeal and how to repair (4.8)', async () => {
    const { lines, ...rest } = await explained('STU_SELF');
    expect(rest).toEqual({
      view: 'FULL',
      asOf: '2026-04-15',
      ruleSetVersion: 'CR-2026.1',
      start: 10000,
      score: 9500,
      grade: 'B',
      gradeWords: {
        zh: expect.stringContaining('A ≥ 95.00，B ≥ 80.00，C ≥ 60.00，D ≥ 0.00；'),
        en: expect.stringContaining('A ≥ 95.00, B ≥ 80.00, C ≥ 60.00, D ≥ 0.00; not A with'),
      },
      review: { en: expect.stringContaining('requestHumanReview') },
    });
    const exam = lines.find(({ indicatorCode }) => indicatorCode === 'D1-04');
    expect(exam).toEqual({
      seq: expect.any(Number),
      points: -400,
      capCode: null,
      recordId: rows.id('EXAM'),
      indicatorCode: 'D1-04',
      words: {
        zh: '考场违纪（S2）：8.00 × 1.0 × 1.00 × 0.50 × 1.00，扣 4.00 分。',
        en: 'breach of exam-room discipline (not cheating) (S2): 8.00 × 1.0 × 1.00 × 0.50 × 1.00, 4.00 points off.',
      },
      factors: [
        {
          kind: 'BASE',
          value: '8.00',
          words: { zh: '严重程度 S2 的基础分', en: 'base of severity S2' },
        },
        {
          kind: 'WEIGHT',
          value: '1.0',
          words: { zh: '本项指标的权重', en: 'weight of the indicator' },
        },
        {
          kind: 'REPETITION',
          value: '1.00',
          words: {
            zh: '此前 365 天内同一维度没有其他仍在计分的记录',
            en: 'no other counting record of the dimension in the 365 days before',
          },
        },
        {
          kind: 'TIME',
          value: '0.50',
          words: {
            zh: '自 2025-10-10 起第 365 天以内按 50% 计',
            en: '50% through day 365 from 2025-10-10 on',
          },
        },
        {
          kind: 'REPAIR',
          value: '1.00',
          words: { zh: '未经修复减轻', en: 'not mitigated by a repair' },
        },
      ],
      fades: [{ on: '2026-10-11', points: 0 }],
      appeal: { en: expect.stringContaining('RECORD') },
      // A newer act stands in the way (G15).
      repair: { en: 'There is a newer bad record since it took effect.' },
      conductRecord: {
        recordId: rows.id('EXAM'),
        sourceOffice: 'AAO',
        severity: 'S2',
        finding: { docNo: 'EXAM' },
      },
      goodRecord: null,
    });
    const life = lines.find(({ indicatorCode }) => indicatorCode === 'D3-06');
    expect([life?.fades, life?.repair]).toEqual([
      [
        { on: '2026-06-01', points: -75 },
        { on: '2026-08-30', points: 0 },
      ],
      { en: expect.stringContaining('applyRepair') },
    ]);
    expect(lines.find(({ capCode }) => capCode)).toMatchObject({
      capCode: 'CAP-TP',
      words: {
        en: 'Deductions by what third parties report: what lies beyond the cap, 1.00 points added.',
      },
    });
  });

  test('the numbers come to the points of the snapshot, and the lines to its score (INV-07)', async () => {
    for (const role of READERS) {
      const { lines, start, score } = await explained(role);
      expect([role, start + sum(lines)]).toEqual([role, score]);
      const ofRecords = lines.filter(({ recordId }) => recordId);
      expect(ofRecords.map(product)).toEqual(ofRecords.map(({ points }) => points));
    }
  });

  test('the school reads its own view, without a trace of what a third party reported (SC-05)', async () => {
    const seen = { view: 'SCHOOL', score: 9550, grade: 'B' };
    for (const role of ['COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'AUDITOR'] as const) {
      const { lines, view, score, grade } = await explained(role);
      expect({ view, score, grade }).toEqual(seen);
      expect(
        lines
          .map(({ indicatorCode, points }) => `${indicatorCode} ${points}`)
          .toSorted((a, b) => a.localeCompare(b)),
      ).toEqual(['D1-04 -400', 'D3-06 -150', 'P-07 100']);
      // How to repair a record is the student's own to know.
      expect(lines.map(({ repair }) => repair)).toEqual([null, null, null]);
    }
  });

  test('whoever reads no ledger reads no explanation, and learns of nobody (4.8, 3.7(4))', async () => {
    const id = await snapshotIdFor('STU_SELF');
    for (const [role] of CALLERS) {
      if (READERS.includes(role)) continue;
      const answers = await Promise.all(
        [id, NOWHERE, 'no number'].map((one) => explain(role, one)),
      );
      const codes = answers.map(({ data, errors }) => [
        data?.['explainScore'] ?? null,
        errors?.[0]?.extensions['code'],
        errors?.[0]?.extensions['rule'],
      ]);
      expect([role, codes[1], codes[2]]).toEqual([role, codes[0], codes[0]]);
      expect([role, codes[0]?.[0]]).toEqual([role, null]);
    }
  });

  test('a snapshot of another student, of another view or of none is not found', async () => {
    const other = await snapshotIdFor('SCHOOL_ADMIN', OTHER);
    const answer = async (role: Role, id: string) =>
      (await explain(role, id, 'score')).errors?.map(({ extensions }) => extensions['code']);
    expect(await answer('SCHOOL_ADMIN', other)).toBeUndefined();
    for (const id of [other, NOWHERE, 'x'])
      expect([id, await answer('STU_SELF', id)]).toEqual([id, ['NOT_FOUND']]);
    expect(await answer('SCHOOL_ADMIN', NOWHERE)).toEqual(['NOT_FOUND']);
  });

  test('the student has the snapshot of a run explained, from the day on which he is to check it (2.4, L-08)', async () => {
    await aRun(college, { runId: '2026H1', cutOffAt: NOW, state: 'SELF_NOTICE' });
    const [official] = await asOwner<{ id: string }>(
      college,
      'archive',
      `insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
         score_excluding_disputed, school_view, full_view, run_id)
       select student_no, rule_set, 'OFFICIAL', on_day, now(), 'CONFIRMED', grade, level,
         score_excluding_disputed, school_view, full_view, '2026H1'
       from credit_snapshot where student_no = $1 order by seq desc limit 1
       returning snapshot_id as id`,
      [STUDENT],
    );
    const id = official?.id ?? '';
    const { data, errors } = await explain('STU_SELF', id);
    expect(errors).toBeUndefined();
    const said = data?.['explainScore'] as Explanation;
    expect(said).toEqual(await explained('STU_SELF'));
    expect(said.start + sum(said.lines)).toBe(said.score);
    for (const role of ['COUNSELLOR', 'AUDITOR', 'EV_AWARD'] as const)
      expect([role, (await explain(role, id, 'score')).data]).toEqual([
        role,
        { explainScore: null },
      ]);
    await asOwner(college, 'archive', `delete from credit_snapshot where snapshot_id = $1`, [id]);
  });

  test('it reads as many statements for many lines as for one, and for nobody as for another', async () => {
    const id = await snapshotIdFor('SCHOOL_ADMIN');
    const short = await snapshotIdFor('SCHOOL_ADMIN', OTHER);
    const counted = (one: string) => countStatements(() => explain('SCHOOL_ADMIN', one));
    await counted(id);
    const [many, none] = [await counted(id), await counted(short)];
    expect(many.byOffice).toEqual(none.byOffice);
    const other = await snapshotIdFor('SCHOOL_ADMIN', OTHER);
    const own = (one: string) => countStatements(() => explain('STU_SELF', one));
    await own(NOWHERE);
    expect((await own(other)).byOffice).toEqual((await own(NOWHERE)).byOffice);
  });

  test('points stand without words where the record is not selected', async () => {
    const { data } = await explain('STU_SELF', await snapshotIdFor('STU_SELF'), 'lines { points }');
    const read = data?.['explainScore'] as { lines: { points: number }[] } | undefined;
    expect(read?.lines.length).toBe(6);
  });
});

describe('simulateScore', () => {
  const simulate = async (role: Role, input: string, fields = `on scoreNow score grade ${LINES}`) =>
    requestAs(college, role, `{ simulateScore(input: ${input}) { ${fields} } }`);
  const scores = async (input: string) => {
    const { data, errors } = await simulate('STU_SELF', input, 'on scoreNow score grade');
    expect(errors).toBeUndefined();
    return data?.['simulateScore'];
  };
  const today = { on: '2026-04-15', scoreNow: 9500 };

  test('nothing supposed is what the snapshot says', async () => {
    expect(await scores('{}')).toEqual({ ...today, score: 9500, grade: 'B' });
  });

  test('repaired, mitigated, confirmed, and later (SC-09)', async () => {
    const exam = rows.id('EXAM');
    const life = rows.id('LIFE');
    expect(await scores(`{ closed: ["${exam}"] }`)).toEqual({ ...today, score: 9650, grade: 'A' });
    expect(await scores(`{ mitigated: ["${exam}"] }`)).toEqual({
      ...today,
      score: 9500,
      grade: 'B',
    });
    expect(await scores('{ good: [{ indicatorCode: "P-01", units: 2 }] }')).toEqual({
      ...today,
      score: 9650,
      grade: 'B',
    });
    expect(await scores('{ on: "2026-10-11" }')).toEqual({
      ...today,
      on: '2026-10-11',
      score: 9900,
      grade: 'A',
    });
    expect(await scores(`{ closed: ["${exam}", "${life}"], on: "2026-06-01" }`)).toEqual({
      ...today,
      on: '2026-06-01',
      score: 9800,
      grade: 'A',
    });
  });

  test('its lines are explained, those that are supposed too', async () => {
    const { data } = await simulate('STU_SELF', '{ good: [{ indicatorCode: "P-01", units: 2 }] }');
    const { lines = [], score } = (data?.['simulateScore'] ?? {}) as Partial<Explanation>;
    expect(10000 + sum(lines)).toBe(score);
    expect(lines.find(({ indicatorCode }) => indicatorCode === 'P-01')).toMatchObject({
      points: 400,
      words: { zh: '拾金不昧等诚信事迹：4.00 × 1.00，加 4.00 分。' },
      fades: [
        { on: '2027-04-16', points: 200 },
        { on: '2028-04-15', points: 0 },
      ],
    });
  });

  test.each([
    ['a record of nobody', `{ closed: ["${NOWHERE}"] }`, 'closed'],
    ['what is no number', '{ mitigated: ["x"] }', 'mitigated'],
    ['a day that is past', '{ on: "2026-04-14" }', 'on'],
    ['a day beyond all lines', '{ on: "2031-04-17" }', 'on'],
    ['a code of bad conduct', '{ good: [{ indicatorCode: "D1-01" }] }', 'good.indicatorCode'],
    ['no unit', '{ good: [{ indicatorCode: "P-01", units: 0 }] }', 'good.units'],
    [
      'a deed after the day',
      '{ good: [{ indicatorCode: "P-01", occurredOn: "2026-04-16" }] }',
      'good.occurredOn',
    ],
    ['too many deeds', `{ good: [${'{ indicatorCode: "P-01" }'.repeat(21)}] }`, 'good'],
  ])('%s is refused', async (_, input, path) => {
    const { errors } = await simulate('STU_SELF', input, 'score');
    expect(errors?.map(({ extensions }) => [extensions['code'], extensions['path']])).toEqual([
      ['VALIDATION', [path]],
    ]);
  });

  test('a record that has closed, or is of another, is as if there were none', async () => {
    const { errors } = await simulate(
      'STU_SELF',
      `{ closed: ["${rows.id('PLAGIARISM')}"] }`,
      'score',
    );
    expect(errors?.[0]?.extensions['path']).toEqual(['closed']);
  });

  test('nobody but the student simulates, and nothing is written', async () => {
    const count = () =>
      asOwner(college, 'archive', 'select count(*)::int as n from credit_snapshot');
    const before = await count();
    for (const [role] of CALLERS) {
      if (role === 'STU_SELF') continue;
      const { data, errors } = await simulate(role, '{}', 'score');
      expect([role, data?.['simulateScore'] ?? null]).toEqual([role, null]);
      expect([role, ['NOT_FOUND', 'FORBIDDEN_FIELD']]).toEqual([
        role,
        expect.arrayContaining([errors?.[0]?.extensions['code']]),
      ]);
    }
    await scores('{ good: [{ indicatorCode: "P-01" }] }');
    expect(await count()).toEqual(before);
  });
});

test('a record that has closed takes its snapshot with it, for all but the student (3.7(15))', async () => {
  const [own, ofCollege] = [await snapshotIdFor('STU_SELF'), await snapshotIdFor('COLLEGE_ADMIN')];
  await asOwner(college, 'archive', `update conduct_record set state = 'REPAIRED' where id = $1`, [
    rows.id('EXAM'),
  ]);
  await compute();
  expect((await explain('COLLEGE_ADMIN', ofCollege, 'score')).errors?.[0]?.extensions).toEqual({
    code: 'NOT_FOUND',
  });
  const { data } = await explain('STU_SELF', own);
  const { lines = [] } = (data?.['explainScore'] ?? {}) as Partial<Explanation>;
  expect(lines.find(({ recordId }) => recordId === rows.id('EXAM'))).toMatchObject({
    points: -400,
    conductRecord: { severity: 'S2' },
    repair: { en: 'The record does not count any more, or is mitigated.' },
  });
  await asOwner(college, 'archive', `update conduct_record set state = 'SEALED' where id = $1`, [
    rows.id('EXAM'),
  ]);
  expect((await explain('STU_SELF', own, 'score')).errors?.[0]?.extensions).toEqual({
    code: 'NOT_FOUND',
  });
});

describe('creditLoop (Z2.2)', () => {
  const LOOP = `commitmentId reportId snapshotId supervisionId sanctionId repairId`;
  type Link = Readonly<Record<string, string | null>>;
  const loop = async (role: Role, fields = LOOP, studentNo = STUDENT) =>
    requestAs(college, role, `{ creditLoop(studentNo: "${studentNo}") { ${fields} } }`);
  /** Each link by the names of its two items. */
  const links = async (role: Role, fields = LOOP): Promise<string[]> => {
    const { data } = await loop(role, fields);
    const names = new Map([...rows.ids].map(([name, id]) => [id, name]));
    const read = (data?.['creditLoop'] ?? []) as readonly Link[];
    return read.map((link) =>
      Object.values(link)
        .flatMap((id) => (id === null ? [] : (names.get(id) ?? id)))
        .join(' – '),
    );
  };
  const sql = (text: string, values: readonly unknown[] = []) =>
    asOwner(college, 'archive', text, values);
  const OF_SCHOOL = [
    'KEPT – COUNTED',
    'COUNTED – LEVEL',
    'COUNTED – SANCTION',
    'COUNTED – REPAIR',
    'SANCTION – REPAIR',
  ];
  /** The snapshots before as well, for those who read a history. */
  const WITH_HISTORY = [
    'KEPT – COUNTED',
    'KEPT – PINNED',
    'COUNTED – LEVEL',
    'COUNTED – SANCTION',
    'EARLIER – SANCTION',
    'PINNED – SANCTION',
    'COUNTED – REPAIR',
    'EARLIER – REPAIR',
    'PINNED – REPAIR',
    'SANCTION – REPAIR',
  ];
  const WHOLE = WITH_HISTORY.toSpliced(2, 0, 'REPORT – PINNED');

  beforeAll(async () => {
    await publishText(college, ['COMMITMENT', 'AWARD', 'E-2026.1', 'SAO']);
    await rows.put('KEPT', 'commitment', {
      matter: 'AWARD',
      template_version: 'E-2026.1',
      owner_office: 'SAO',
      business_ref: 'AW-1',
      signed_at: '2025-12-01T00:00:00Z',
      signature_hash: 'a'.repeat(64),
      state: 'FULFILLED',
      recorded_by: STUDENT,
      recorded_at: '2025-12-01T00:00:00Z',
    });
    await rows.put('GOOD', 'good_record', {
      indicator_code: 'P-09',
      origin_group: 'GOOD_CONDUCT',
      source_office: 'SAO',
      occurred_on: '2026-01-31',
      state: 'APPROVED',
      source_subgraph: 'archive',
      source_typename: 'GoodRecord',
      source_id: 'GOOD',
      source_version: 1,
      recorded_at: '2026-03-02T00:00:00Z',
      evidence: JSON.stringify([{ id: rows.id('KEPT'), docNo: rows.id('KEPT') }]),
    });
    await rows.sanction('SANCTION', 'SAO', 'TERM_RUNNING', '2026-03-10');
    await sql('update conduct_record set sanction_id = $1 where id = $2', [
      rows.id('SANCTION'),
      rows.id('LIFE'),
    ]);
    await rows.repair('REPAIR', 9, 'LIFE', 'SAO_REVIEW');
    rows.ids.set('EARLIER', await snapshotIdFor('SCHOOL_ADMIN'));
    await compute();
    rows.ids.set('COUNTED', await snapshotIdFor('SCHOOL_ADMIN'));
    await rows.supervision('LEVEL', 'L2', '2026-04-14', 'COUNTED');
    const lockedAt = '2026-04-01T00:00:00+08:00';
    await aRun(college, { runId: '2025H2', cutOffAt: lockedAt });
    await snapshotsOf(college, '2025H2', [{ studentNo: STUDENT, grade: 'B' }]);
    const [pinned] = await sql(`select snapshot_id from credit_snapshot where run_id = '2025H2'`);
    rows.ids.set('PINNED', String(pinned?.['snapshot_id']));
    await sql(`insert into report_status (idx, code_hash, issued_at, ends_at)
      values (7, 'code', '2026-04-02T00:00:00Z', '2026-05-01T00:00:00Z')`);
    await rows.put('REPORT', 'credit_report', {
      consent_id: REPORT_CONSENT,
      form: 'PAPER',
      report_template: 'FULL',
      status_idx: 7,
      issued_at: '2026-04-02T00:00:00Z',
      expires_at: '2026-05-01T00:00:00Z',
      watermark: 'R',
      document_digest: 'digest',
      state: 'ISSUED',
    });
  });

  test('each role reads the links of which it reads both sides, and no other', async () => {
    const read: Partial<Record<Role, string[]>> = {};
    for (const [role] of CALLERS) read[role] = await links(role);
    const found = Object.entries(read).filter(([, some]) => some.length);
    expect(Object.fromEntries(found)).toEqual({
      STU_SELF: WHOLE,
      COUNSELLOR: ['COUNTED – LEVEL'],
      COLLEGE_ADMIN: OF_SCHOOL,
      SCHOOL_ADMIN: OF_SCHOOL,
      AUDITOR: WITH_HISTORY,
    });
  });

  test('a stage that is not selected is in no link, and nobody else is found', async () => {
    expect(await links('STU_SELF', 'sanctionId repairId')).toEqual(['SANCTION – REPAIR']);
    expect(await links('STU_SELF', 'commitmentId repairId')).toEqual([]);
    const { errors } = await loop('STU_SELF', LOOP, OTHER);
    expect(errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  test('what links two rows is in the access log, whether there is a link or none (INV-12)', async () => {
    const query = (studentNo: string) =>
      `query Walk { creditLoop(studentNo: "${studentNo}") { sanctionId repairId } }`;
    for (const studentNo of [STUDENT, OTHER]) {
      await requestAs(college, 'SCHOOL_ADMIN', query(studentNo));
      const events = await disclosedTo(college, studentNo, 'Walk');
      expect(events.map(({ groups }) => groups)).toEqual([
        { IDENTITY: 'ALLOW', SANCTION_FILES: 'ALLOW', REPAIRS: 'ALLOW', BAD_CONDUCT: 'ALLOW' },
      ]);
    }
  });

  test('as many statements for many rows as for one', async () => {
    const counted = async () => (await countStatements(() => loop('STU_SELF'))).byOffice['archive'];
    await counted();
    const before = await counted();
    for (const at of [1, 2, 3]) {
      await rows.sanction(`S${at}`, 'SAO', 'TERM_RUNNING', `2026-03-1${at}`);
      await rows.repair(`R${at}`, at, 'LIFE', 'SAO_REVIEW');
      await rows.supervision(`L${at}`, 'L1', `2026-03-1${at}`, 'COUNTED');
    }
    expect(await counted()).toBe(before);
    await sql(`delete from sanction where doc_no like 'S_'`);
  });

  test('in a closed archive a link names rows that its reader reads as rows, and no other', async () => {
    await useArchive(college, STUDENT, 'CLOSED');
    const itself = `{ student(studentNo: "${STUDENT}") { sanctions { sanctionId } repairs { id } } }`;
    interface Rows {
      readonly sanctions: readonly { readonly sanctionId: string }[] | null;
      readonly repairs: readonly { readonly id: string }[] | null;
    }
    const readers: Role[] = [];
    for (const [role] of CALLERS) {
      const { data } = await loop(role, 'sanctionId repairId');
      const linked = ((data?.['creditLoop'] ?? []) as readonly Link[]).flatMap(Object.values);
      const own = (await requestAs(college, role, itself)).data?.['student'] as Rows | null;
      const known = [
        ...(own?.sanctions ?? []).map(({ sanctionId }) => sanctionId),
        ...(own?.repairs ?? []).map(({ id }) => id),
      ];
      expect([role, linked.filter((id) => !known.includes(String(id)))]).toEqual([role, []]);
      if (linked.length) readers.push(role);
    }
    expect(readers).toEqual(['STU_SELF', 'COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'AUDITOR']);
  });

  test('a record that closes takes its links with it, for all who may not know of it', async () => {
    await useArchive(college, STUDENT);
    await sql(`update conduct_record set state = 'REPAIRED' where id = $1`, [rows.id('LIFE')]);
    expect(await links('COLLEGE_ADMIN')).toEqual([]);
    expect(await links('STU_SELF')).toEqual(expect.arrayContaining(WHOLE));
  });
});
