/** The appeals and repairs that somebody has in hand, as SQL (note 13, 3.1b): open, and his own. */

/** Whether an appeal `f` is the open task of whoever a parameter or column names. */
const ownAppeal = (subject: string): string =>
  `${subject} in (f.handler_no, f.second_handler_no)
   and f.state in ('FILED', 'ACCEPTED', 'INVESTIGATING', 'ESCALATED')`;
/** The same of a repair application. */
const ownRepair = (subject: string): string =>
  `f.handler_no = ${subject} and f.state in ('SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW')`;

/** By purpose: where the tasks stand, and which are somebody's own and open. */
export const OWN_TASKS = {
  APPEAL: { table: 'appeal', isOwn: ownAppeal },
  REPAIR: { table: 'repair_application', isOwn: ownRepair },
} as const;

export const isTaskPurpose = (purpose: string): purpose is keyof typeof OWN_TASKS =>
  purpose in OWN_TASKS;
