/** The appeals and repairs that somebody has in hand, as SQL (note 13, 3.1b): open, and his own. */

/** Whether an appeal `f` is the open task of whoever a parameter or column names. */
const ownAppeal = (subject: string): string =>
  `${subject} in (f.handler_no, f.second_handler_no)
   and f.state in ('FILED', 'ACCEPTED', 'INVESTIGATING', 'ESCALATED')`;
/** The same of a repair application. */
const ownRepair = (subject: string): string =>
  `f.handler_no = ${subject} and f.state in ('SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW')`;

/**
 * The decision of an appeal closes it. For so long its reference is still good for the gateway, so that
 * the same decision can be requested again; no student is open to it (docs/decisions/0037).
 */
const REPEATED_FOR = "interval '5 minutes'";

/** Appeals that somebody has decided, each with the end of that time; `v` as in `OWN_TASK`. */
export const OWN_DECIDED = `
  select 'APPEAL' as purpose, k.at + ${REPEATED_FOR} as until
  from v join appeal f on f.id = v.reference and f.handler_no = v.subject
    and f.state in ('DECIDED', 'REVOKE_PROPOSED')
  join change_key k on k.subject = v.subject and k.action = 'appeal.decide'
    and k.target_id = f.id::text`;

/** By purpose: where the tasks stand, and which are somebody's own and open. */
export const OWN_TASKS = {
  APPEAL: { table: 'appeal', isOwn: ownAppeal },
  REPAIR: { table: 'repair_application', isOwn: ownRepair },
} as const;

export const isTaskPurpose = (purpose: string): purpose is keyof typeof OWN_TASKS =>
  purpose in OWN_TASKS;
