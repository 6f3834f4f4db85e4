/** What somebody has in hand, as SQL (note 13, 3.1b): open, and his own. */
import type { Role } from '@chengxin/kit/privacy/roles';
import { LIVE_STATES } from '../procedure/sanction-state.js';
import { restsOnNothing } from '../row-groups/procedure.groups.js';
import { listed } from '../row-groups/row-groups.js';

/** Whether an appeal `f` is the open task of whoever a parameter or column names. */
const ownAppeal = (subject: string): string =>
  `${subject} in (f.handler_no, f.second_handler_no)
   and f.state in ('FILED', 'ACCEPTED', 'INVESTIGATING', 'ESCALATED')`;
/** The same of a repair application. */
const ownRepair = (subject: string): string =>
  `f.handler_no = ${subject} and f.state in ('SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW')`;
/**
 * The same of a sanction whose records were all revoked: of everybody at Student Affairs. To anybody
 * else its number names nothing, so that it does not tell that its records are over (3.7(15)).
 */
const ownUnfounded = (subject: string): string =>
  `f.state in (${listed(LIVE_STATES)}) and ${restsOnNothing('f.id')}
   and exists (select from admin_grant a where a.staff_no = ${subject} and a.role = 'SCHOOL_ADMIN'
     and a.state = 'ACTIVE')`;

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

/** Tasks of a purpose: where they stand, and which are somebody's own and open. */
interface OwnTasks {
  readonly purpose: 'APPEAL' | 'REPAIR';
  readonly table: string;
  /** The role in which alone they are a task; each that has the purpose, when nothing is said. */
  readonly role?: Role;
  readonly isOwn: (subject: string) => string;
}

export const OWN_TASKS: readonly OwnTasks[] = [
  { purpose: 'APPEAL', table: 'appeal', isOwn: ownAppeal },
  { purpose: 'APPEAL', table: 'sanction', role: 'SCHOOL_ADMIN', isOwn: ownUnfounded },
  { purpose: 'REPAIR', table: 'repair_application', isOwn: ownRepair },
];

/** The tasks that a reference may name in a role, for a purpose. */
export const ownTasksOf = (of: { readonly purpose: string; readonly role: Role }): OwnTasks[] =>
  OWN_TASKS.filter(({ purpose, role }) => purpose === of.purpose && (!role || role === of.role));
