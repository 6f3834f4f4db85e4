/** The row conditions of the access log, each a pure where-clause (DOMAIN 3.4b). */
import { GROUPS, isAboutStudent } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowAccess, RowPredicate } from '@chengxin/kit/read/rows';
import { MARKS, openMarks } from '../row-groups/before-notice.js';
import { SEALED } from '../row-groups/row-groups.js';
import type { AccessEvent } from './access-event.entity.js';

type EventPredicate = RowPredicate<AccessEvent>;

/**
 * Marks under which an event is none for a reader to whom closed conduct is shut. To the student and an
 * audit it is open: they read every event.
 */
const shutMarks = ({ identity, opens }: RowAccess): string[] => {
  if (opens('CLOSED_CONDUCT')) return [];
  const open = new Set(openMarks(identity.role));
  return ['CLOSED_CONDUCT', SEALED, ...MARKS.filter((mark) => !open.has(mark))];
};

/**
 * `TARGET_ALLOWED`: an event that names no group open to the reader is none for him, nor is one whose
 * purpose was about what has closed since.
 */
export const targetAllowed: EventPredicate = (access) => {
  const open = GROUPS.filter((group) => isAboutStudent(group) && access.opens(group));
  const named = { $overlap: open };
  const isNamed = {
    parts: { $some: { $or: [{ allowed: named }, { masked: named }, { denied: named }] } },
  };
  const shut = shutMarks(access);
  return (
    shut.length ? { $and: [isNamed, { $not: { rowGroups: { $overlap: shut } } }] } : isNamed
  ) as ReturnType<EventPredicate>;
};

/** Providers, employers, auditors and the province are no roles of the school (note 26). */
const OUTSIDE: readonly Role[] = ['TPC_INST', 'EMPLOYER_TOKEN', 'AUDITOR', 'PROV_CONN'];

/** `NOT_OUTSIDE_READS`: events of school roles. */
export const notOutsideReads: EventPredicate = () => ({ actorRole: { $nin: [...OUTSIDE] } });
