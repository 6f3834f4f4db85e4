/** Who reads the text of an appeal. Pure. Source: DOMAIN 3.4 (closed fields). */
import type { Identity } from '@chengxin/kit/call/identity';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { isGroup } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import { officeOf } from '../org/own-office.js';
import { AppealKind } from './appeal-state.js';
import type { Appeal } from './appeal.entity.js';

/** Roles that decide for their office (3.8); its clerks do not. */
const DECIDERS: ReadonlySet<Role> = new Set<Role>([
  'COLLEGE_ADMIN',
  'SCHOOL_ADMIN',
  'AAO_REVIEWER',
  'FIN_REVIEWER',
  'SEC_REVIEWER',
  'CYL_REVIEWER',
  'AEO_STAFF',
]);
/** The student, the committee in its case, an audit: their rows are theirs by the entrance. */
const ALWAYS: ReadonlySet<Role> = new Set<Role>(['STU_SELF', 'APPEAL_COMMITTEE', 'AUDITOR']);

/** Grounds, evidence, target and decision are for the student, the handler, the deciding body, an audit. */
export function readsText(
  { role, subject, orgs }: Pick<Identity, 'role' | 'subject' | 'orgs'>,
  appeal: Pick<Appeal, 'handlerOffice' | 'handlerNo' | 'secondHandlerNo' | 'targetProvider'>,
): boolean {
  if (ALWAYS.has(role)) return true;
  if (appeal.targetProvider) return role === 'TPC_INST' && orgs.includes(appeal.targetProvider);
  if (subject === appeal.handlerNo || subject === appeal.secondHandlerNo) return true;
  return DECIDERS.has(role) && officeOf(role) === appeal.handlerOffice;
}

/**
 * What stood in the target and what stands there is read by who reads that field of the student whole.
 */
export function readsItem(
  { role }: Pick<Identity, 'role'>,
  {
    kind,
    targetGroups: [group = ''],
    targetId,
  }: Pick<Appeal, 'kind' | 'targetGroups' | 'targetId'>,
): boolean {
  if (kind !== AppealKind.PROFILE) return true;
  if (!isGroup(group) || !isOpen(cell(role, group).effect)) return false;
  return shownTo(role, group, 'Student', targetId) === 'VALUE';
}
