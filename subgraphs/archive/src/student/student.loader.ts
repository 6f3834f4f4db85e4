import type { Context, DecideStudent } from '@chengxin/kit/call/context';
import { fault, isFault } from '@chengxin/kit/errors';
import type { Group } from '@chengxin/kit/privacy/groups';
import { plainRows } from '@chengxin/kit/read/plain-rows';
import DataLoader from 'dataloader';
import { decideStudents } from '../access/decision.js';
import { isOpenedLately, rememberOpened } from './opened-lately.js';
import { countOpened, countUnlessLately } from './opening.js';
import { Student } from './student.entity.js';

const readStudents = ({ em }: Context, values: readonly string[]): Promise<Student[]> =>
  plainRows(em, Student, { where: [{ isErased: false }], among: { column: 'studentNo', values } });

/** Decide some groups on students whose rows are looked at, beside those that the operation selects. */
export async function decideStudentsOf(
  ctx: Context,
  studentNos: readonly string[],
  groups: readonly Group[],
  isReplay?: boolean,
): Promise<void> {
  const selected = [...new Set([...ctx.identity.groups, ...groups])];
  await decideStudents(ctx, await readStudents(ctx, studentNos), { groups: selected, isReplay });
}

/** Decide on the student of a row that is about to be changed, by the groups that it takes. */
export const decideStudent: DecideStudent = (ctx, studentNo, groups, isReplay) =>
  decideStudentsOf(ctx, [studentNo], groups, isReplay);

/**
 * Which of some numbers are students whom the caller may see, with the decision on each. Of the others
 * the same is written down, whether they are somebody's or not.
 */
export async function visibleAmong(
  ctx: Context,
  studentNos: readonly string[],
  groups: readonly Group[],
): Promise<ReadonlySet<string>> {
  const selected = [...new Set([...ctx.identity.groups, ...groups])];
  const rows = await readStudents(ctx, studentNos);
  const visible = await decideStudents(ctx, rows, { groups: selected });
  const numbers = new Set(visible.map(({ studentNo }) => studentNo));
  for (const studentNo of studentNos)
    if (!numbers.has(studentNo)) ctx.disclosures.unknown(studentNo);
  return numbers;
}

const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
  const rows = await readStudents(ctx, studentNos);
  const visible = await decideStudents(ctx, rows);
  const byNo = new Map(visible.map((student) => [student.studentNo, student]));
  // Out of scope and not there are one answer, found by the same statements (DOMAIN 3.7(4)), and
  // leave the same behind.
  return studentNos.map((studentNo) => {
    const student = byNo.get(studentNo);
    if (!student) ctx.disclosures.unknown(studentNo);
    return student ?? fault('NOT_FOUND');
  });
};

/** Students by number, with the decision on each; NOT_FOUND for those hidden from the caller. */
export const studentByNo = (ctx: Context): DataLoader<string, Student> =>
  ctx.loader(Student, () => new DataLoader<string, Student>(batch(ctx)));

/** @throws What is more than that he is not there for the caller. */
function unlessHidden(error: unknown): undefined {
  if (!isFault(error) || error.extensions['code'] !== 'NOT_FOUND') throw error;
}

/**
 * One student, named by the request itself, be it by a number that he had before (F-07): his access
 * event says that he was opened.
 *
 * @throws NOT_FOUND, STUDENT_CAP.
 */
export async function openStudent(ctx: Context, named: string): Promise<Student> {
  ctx.disclosures.opened(named);
  const students = studentByNo(ctx);
  const isRemembered = isOpenedLately(ctx, named);
  let studentNo = await countUnlessLately(ctx, named);
  if (isRemembered) {
    const student = await students.load(named).catch(unlessHidden);
    if (student) return student;
    // He may have another number by now: what was remembered does not say.
    studentNo = await countOpened(ctx, named);
  }
  if (studentNo !== named) ctx.disclosures.opened(studentNo);
  const student = await students.load(studentNo);
  rememberOpened(ctx, studentNo);
  return student;
}

/** How the archive reads `Student` from its key: those are rows of lists of other offices. */
export function readStudent({ studentNo }: Pick<Student, 'studentNo'>, ctx: Context) {
  ctx.disclosures.listed([studentNo]);
  return studentByNo(ctx).load(studentNo);
}
