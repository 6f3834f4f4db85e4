/** What an import answers about a record that is closed: the same as about none (FG14, 3.7). */
import { office as academics } from '@chengxin/academics/office';
import { office as archive } from '@chengxin/archive/office';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { office as security } from '@chengxin/security/office';
import { office as youthleague } from '@chengxin/youthleague/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { found } from '../academics/rows.js';
import { aCase } from '../security/cases.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { cadrePost, practice, volunteering } from '../youthleague/rows.js';
import { openDesk, type Desk } from './desk.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

type Row = Readonly<Record<string, string>>;
interface Closable {
  readonly office: OfficeDefinition;
  readonly people: readonly [
    clerk: string,
    clerkRole: string,
    reviewer: string,
    reviewRole: string,
  ];
  readonly table: string;
  /** A row about a student, as its clerk writes it, and another that says something else. */
  readonly row: (student: string, no: string) => Row;
  readonly other: Row;
  /** State in which nobody of the office sees it. */
  readonly closed: string;
  readonly order: string;
}

const AAO = ['T0301', 'AAO_CLERK', 'T0302', 'AAO_REVIEWER'] as const;
const SEC = ['T0501', 'SEC_CLERK', 'T0502', 'SEC_REVIEWER'] as const;
const CYL = ['T0601', 'CYL_CLERK', 'T0602', 'CYL_REVIEWER'] as const;
const SAO = ['T0001', 'SCHOOL_ADMIN', 'T0002', 'SCHOOL_ADMIN'] as const;

const own = (学号: string, 记录编号: string): Row => ({
  记录编号,
  学号,
  指标代码: 'D3-06',
  严重程度: '轻微',
  发生日期: '2026-02-02',
  认定机构: '学生处',
  认定文号: '学〔2026〕1号',
  认定日期: '2026-03-02',
  证据编号: 'EV-1',
  通知送达日期: '2026-02-20',
});

const KINDS: Readonly<Record<string, Closable>> = {
  examViolations: {
    office: academics,
    people: AAO,
    table: 'exam_violation',
    row: (学号, 违纪编号) => found({ 学号, 违纪编号 }),
    other: { 考试场次: '补考' },
    closed: 'REVOKED',
    order: 'violation_no',
  },
  lawViolations: {
    office: security,
    people: SEC,
    table: 'law_violation',
    row: (学号, 案件编号) => aCase({ 学号, 案件编号 }),
    other: { 法律依据: '第十三条' },
    closed: 'REVOKED',
    order: 'case_no',
  },
  practices: {
    office: youthleague,
    people: CYL,
    table: 'practice_record',
    row: (学号) => practice({ 学号 }),
    other: { 学时: '41' },
    closed: 'REVOKED',
    order: 'student_no',
  },
  volunteerHours: {
    office: youthleague,
    people: CYL,
    table: 'volunteer_hours',
    row: (学号) => volunteering({ 学号 }),
    other: { 时长: '41' },
    closed: 'REVOKED',
    order: 'student_no',
  },
  cadrePosts: {
    office: youthleague,
    people: CYL,
    table: 'cadre_post',
    row: (学号) => cadrePost({ 学号 }),
    other: { 级别: '院级' },
    closed: 'REVOKED',
    order: 'student_no',
  },
  'conduct-records': {
    office: archive,
    people: SAO,
    table: 'conduct_record',
    row: own,
    other: { 认定文号: '学〔2026〕2号' },
    closed: 'SEALED',
    order: 'source_id',
  },
};

/** Everything that clerk and reviewer read of one file, without the number of the batch. */
async function answers(desk: Desk, kind: string, { people }: Closable, row: Row) {
  const [clerk, clerkRole, reviewer, reviewRole] = people;
  const heads = Object.keys(row);
  const content = `${heads.join(',')}\n${heads.map((head) => row[head]).join(',')}\n`;
  const file = await desk.file('closed.csv', content);
  const proposal = await desk.propose(kind, file, importer(clerk, clerkRole as never));
  const { batchId, ...proposed } = proposal;
  const approval = await desk.approve(batchId, importer(reviewer, reviewRole as never));
  const [batch] = await asOwner(
    college,
    desk.office,
    'select kind, state, row_count, rejected_count, changes from import_batch where id = $1',
    [batchId],
  );
  return {
    batchId,
    seen: {
      proposed,
      rejected: proposal.rejectedFile ? await desk.rejected(proposal) : [],
      approved: { ...approval, batchId: '' },
      batch,
    },
  };
}

test.each(Object.entries(KINDS))(
  '%s: a row about a closed record is answered like a row about none, changes nothing and is put to review (FG14, 2.7)',
  async (kind, closable) => {
    const { office, table, row, other, closed, order } = closable;
    const desk = await openDesk(college, office);
    const stored = () => asOwner(college, office.name, `select * from ${table} order by ${order}`);
    // A record of one student, then closed.
    const first = await answers(desk, kind, closable, row('2024010305', 'CL-1'));
    expect(first.seen).toMatchObject({ approved: { changed: 1 } });
    await asOwner(
      college,
      office.name,
      `update ${table} set state = '${closed}' where student_no = '2024010305'`,
    );
    await college.settle();
    const before = await stored();

    const again = await answers(desk, kind, closable, row('2024010305', 'CL-1'));
    const anew = await answers(desk, kind, closable, { ...row('2024010305', 'CL-1'), ...other });
    expect(await stored()).toEqual(before);
    // Another student, who never had one; in a record of another number.
    const none = await answers(desk, kind, closable, row('2024010317', 'CL-2'));
    expect(again.seen).toEqual(none.seen);
    expect(anew.seen).toEqual(none.seen);
    expect(first.seen).toEqual(none.seen);

    expect(
      await asOwner(
        college,
        office.name,
        `select batch_id, line, kind, student_no, privacy_group from closed_review
         where kind = $1 order by id`,
        [kind],
      ),
    ).toEqual(
      [again, anew].map(({ batchId }) => ({
        batch_id: batchId,
        line: 2,
        kind,
        student_no: '2024010305',
        privacy_group: 'CLOSED_CONDUCT',
      })),
    );
    await desk.close();
  },
);
