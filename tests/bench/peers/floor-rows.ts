/** The same answers by hand: one prepared statement for each table, over the offices' databases. */
import type { OfficeDatabase } from '@chengxin/kit/server/config';
import pg from 'pg';
import { NAME_CASE, PAGE_CASE, VIEW_CASE, type PeerRequest } from './cases.js';

const CONNECTIONS = 8;

type Row = Record<string, unknown> & { readonly no: string };
type Statement = readonly [office: string, name: string, text: string];

const STUDENT: Statement = [
  'archive',
  'student',
  `select student_no as no, name, class_code as "classCode" from student
   where student_no = $1`,
];
const STUDENTS: Statement = [
  'archive',
  'students',
  `select student_no as no, name, class_code as "classCode" from student
   order by student_no limit $1`,
];
const NAME: Statement = [
  'archive',
  'name',
  'select student_no as no, name from student where student_no = $1',
];
const ARREARS: Statement = [
  'finance',
  'arrears',
  `select student_no as no, case
     when outstanding_fen <= 0 then 'CLEARED'
     when deferred_until >= $2 then 'DEFERRED'
     when excused then 'EXCUSED'
     when malicious then 'MALICIOUS' else 'UNEXPLAINED' end as category
   from arrears where student_no = any($1) and due_on < $2 order by due_on, bill_no`,
];
const GRADES: Statement = [
  'academics',
  'grades',
  `select student_no as no, course_name as "courseName", score_raw as raw from course_grade
   where student_no = any($1) order by term_code desc, course_code, attempt desc`,
];
const SUMMARY: Statement = [
  'academics',
  'summary',
  'select student_no as no, gpa, rank_band as "rankBand" from academic_summary where student_no = any($1)',
];
const POSTS: Statement = [
  'youthleague',
  'posts',
  `select student_no as no, post, level from cadre_post
   where student_no = any($1) and state = any('{APPROVED,REVOKED}') order by from_on desc, id`,
];
const VIOLATIONS: Statement = [
  'security',
  'violations',
  `select student_no as no, category from law_violation
   where student_no = any($1) and state not in ('PROPOSED', 'NOTIFIED', 'SEALED')
   order by act_on desc, id`,
];

/** Rows by student, without his number. */
function byStudent(rows: readonly Row[]): Map<string, Record<string, unknown>[]> {
  const students = new Map<string, Record<string, unknown>[]>();
  for (const { no, ...row } of rows) {
    const known = students.get(no);
    if (known) known.push(row);
    else students.set(no, [row]);
  }
  return students;
}

type Answer = (variables: PeerRequest['variables'], today: string) => Promise<unknown>;

/** What answers each case. */
export function floorOver(
  databases: Readonly<Record<string, OfficeDatabase>>,
): Readonly<Record<string, Answer>> {
  const pools = new Map(
    Object.entries(databases).map(([office, { appUrl }]) => [
      office,
      new pg.Pool({ connectionString: appUrl, max: CONNECTIONS }),
    ]),
  );
  const read = async ([office, name, text]: Statement, ...values: unknown[]): Promise<Row[]> =>
    (await pools.get(office)?.query<Row>({ name, text, values }))?.rows ?? [];
  const readOf = async (statement: Statement, ...values: unknown[]) =>
    byStudent(await read(statement, ...values));

  return {
    async [NAME_CASE.name]({ no }) {
      const [found] = await read(NAME, no);
      return { student: { name: found?.['name'] } };
    },
    async [VIEW_CASE.name]({ no: studentNo }, today) {
      const key = [studentNo];
      const [[found], grades, summaries, arrears, posts, violations] = await Promise.all([
        read(STUDENT, studentNo),
        read(GRADES, key),
        read(SUMMARY, key),
        read(ARREARS, key, today),
        readOf(POSTS, key),
        readOf(VIOLATIONS, key),
      ]);
      const no = String(studentNo);
      return {
        student: {
          name: found?.['name'],
          classCode: found?.['classCode'],
          grades: grades.map(({ courseName, raw }) => ({ courseName, score: { raw } })),
          academicSummary: summaries[0] ? { gpa: summaries[0]['gpa'] } : null,
          arrears: arrears.map(({ category }) => ({ category })),
          cadrePosts: posts.get(no) ?? [],
          lawViolations: violations.get(no) ?? [],
        },
      };
    },
    async [PAGE_CASE.name]({ first }, today) {
      const students = await read(STUDENTS, first);
      const numbers = students.map(({ no }) => no);
      const [arrears, summaries, posts] = await Promise.all([
        readOf(ARREARS, numbers, today),
        readOf(SUMMARY, numbers),
        readOf(POSTS, numbers),
      ]);
      const nodes = students.map(({ no, ...student }) => ({
        studentNo: no,
        ...student,
        arrears: arrears.get(no) ?? [],
        academicSummary: summaries.get(no)?.[0] ?? null,
        cadrePosts: posts.get(no) ?? [],
      }));
      return { students: { nodes } };
    },
  };
}
