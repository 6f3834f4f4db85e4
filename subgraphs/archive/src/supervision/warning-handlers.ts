/** With whom warnings lie, for the door and for the list of what waits. Source: DOMAIN 4.7. */
import type { Role } from '@chengxin/kit/privacy/roles';
import { officeOf, STUDENT_AFFAIRS } from '../org/own-office.js';

const COLLEGE = officeOf('COLLEGE_ADMIN') ?? '';
/** A bill lies with finance and with the counsellor: whoever comes first takes it in hand. */
const OF_A_BILL = 'W-07';
/** It reads no warning (FG24): those of its matters lie with Student Affairs. */
const YOUTH_LEAGUE = officeOf('CYL_CLERK') ?? '';

interface Handled {
  readonly offices: readonly string[];
  /** Codes that lie with the role as well, whichever office has them. */
  readonly codes: readonly string[];
}

/** Whose warnings a role handles. */
export function handledBy(role: Role): Handled {
  // What lies with the college lies with the counsellors of the class as well.
  if (role === 'COUNSELLOR') return { offices: [COLLEGE], codes: [OF_A_BILL] };
  if (role === 'SCHOOL_ADMIN') return { offices: [STUDENT_AFFAIRS, YOUTH_LEAGUE], codes: [] };
  const office = officeOf(role);
  return { offices: office ? [office] : [], codes: [] };
}
