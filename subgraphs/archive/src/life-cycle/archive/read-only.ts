/** A closed archive is read only, whoever acts and whatever the noun (2.4, F-08). */
import type { Context, ReadOnlyStudents } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { StagedCheck } from '@chengxin/kit/import/job';
import DataLoader from 'dataloader';
import { listed } from '../../row-groups/row-groups.js';
import { archiveState } from '../archive.loader.js';
import { CLOSED_ARCHIVE, goesOn, requireNotClosed } from './read-only.rules.js';

const CLOSED = `
  select student_no as "studentNo" from archive
  where student_no = any(?::text[]) and state in (${listed(CLOSED_ARCHIVE)})`;

/** Whether the archives of students are closed, for any number of rows in one statement. */
const isClosed = (ctx: Context): DataLoader<string, boolean> =>
  ctx.loader(
    CLOSED,
    () =>
      new DataLoader<string, boolean>(async (studentNos) => {
        const rows = await execute<{ studentNo: string }>(ctx.em, CLOSED, [[...studentNos]]);
        const closed = new Set(rows.map(({ studentNo }) => studentNo));
        return studentNos.map((studentNo) => closed.has(studentNo));
      }),
  );

/** What the door checks at every change of the archive, and `availableActions` of every row. */
export const closedArchives: ReadOnlyStudents = {
  async requireChangeable({ em }, action, studentNo) {
    if (goesOn(action)) return;
    requireNotClosed(action, await archiveState(em, studentNo));
  },
  async stillTaken(ctx, actions, studentNo) {
    if (actions.every((action) => goesOn(action))) return actions;
    const ends = await isClosed(ctx).load(studentNo);
    return ends ? actions.filter((action) => goesOn(action)) : actions;
  },
};

/** The same of rows of a file. */
export const inOpenArchive: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '该学生的档案已关闭', en: 'the archive of the student is closed' },
  wrong: `exists (select from archive a where a.student_no = r.value->>'studentNo'
    and a.state in (${listed(CLOSED_ARCHIVE)}))`,
};
