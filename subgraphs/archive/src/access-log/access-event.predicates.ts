/** The row conditions of the access log, each a pure where-clause (DOMAIN 3.4b). */
import { GROUPS, isAboutStudent } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowPredicate } from '@chengxin/kit/rows';
import type { AccessEvent } from './access-event.entity.js';

type EventPredicate = RowPredicate<AccessEvent>;

/** `TARGET_ALLOWED`: an event that names no group open to the reader is none for him. */
export const targetAllowed: EventPredicate = ({ opens }) => {
  const open = GROUPS.filter((group) => isAboutStudent(group) && opens(group));
  const named = { $overlap: open };
  return { parts: { $some: { $or: [{ allowed: named }, { masked: named }, { denied: named }] } } };
};

/** Providers, employers, auditors and the province are no roles of the school (note 26). */
const OUTSIDE: readonly Role[] = ['TPC_INST', 'EMPLOYER_TOKEN', 'AUDITOR', 'PROV_CONN'];

/** `NOT_OUTSIDE_READS`: events of school roles. */
export const notOutsideReads: EventPredicate = () => ({ actorRole: { $nin: [...OUTSIDE] } });
