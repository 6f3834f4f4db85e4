/** A closed archive is read only, whoever acts and whatever the noun (2.4, F-08). */
import type { RequireChangeable } from '@chengxin/kit/call/context';
import type { StagedCheck } from '@chengxin/kit/import/job';
import { listed } from '../../row-groups/row-groups.js';
import { archiveState } from '../archive.loader.js';
import { CLOSED_ARCHIVE, goesOn, requireNotClosed } from './read-only.rules.js';

/** What the door of every change of the archive asks; the student is locked. */
export const requireOpenArchive: RequireChangeable = async ({ em }, action, studentNo) => {
  if (goesOn(action)) return;
  requireNotClosed(action, await archiveState(em, studentNo));
};

/** The same of rows of a file. */
export const inOpenArchive: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '该学生的档案已关闭', en: 'the archive of the student is closed' },
  wrong: `exists (select from archive a where a.student_no = r.value->>'studentNo'
    and a.state in (${listed(CLOSED_ARCHIVE)}))`,
};
