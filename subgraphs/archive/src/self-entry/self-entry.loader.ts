/** Self-reported entries of a student, all versions that the caller may know of (DOMAIN 3.2). */
import {
  openStates,
  studentRows,
  type RowPredicate,
  type StateDemands,
} from '@chengxin/kit/read/rows';
import { SelfEntry, SelfEntryKind, SelfEntryState } from './self-entry.entity.js';
import { KIND_GROUPS, STATE_GROUPS } from './self-entry.rules.js';

/** The one condition of drafts that is met here; no other that a cell may name is. */
const MET: StateDemands = { STATE_ALLOWED: () => true };

/** `STATE_ALLOWED`: the group of the row's kind and that of its state are open. */
const kindAndStateAllowed: RowPredicate<SelfEntry> = (access) => ({
  kind: { $in: openStates(access, KIND_GROUPS, MET) },
  state: { $in: openStates(access, STATE_GROUPS, MET) },
});

/** `KINDS_POST_INTERNSHIP`: what the Youth League compares with its own books (note 11). */
const postOrInternship: RowPredicate<SelfEntry> = () => ({
  kind: { $in: [SelfEntryKind.POST, SelfEntryKind.INTERNSHIP] },
});

const orderBy = { startOn: 'desc', entryId: 'asc', version: 'desc' } as const;

export const selfEntriesOf = studentRows<SelfEntry>({
  entity: SelfEntry,
  group: 'SELF_ENTRIES',
  predicates: {
    STATE_ALLOWED: kindAndStateAllowed,
    KINDS_POST_INTERNSHIP: postOrInternship,
  },
  orderBy,
});

/** Versions that are not approved: drafts, in review, sent back, turned down, superseded. */
export const selfEntryDraftsOf = studentRows<SelfEntry>({
  entity: SelfEntry,
  group: 'SELF_ENTRY_DRAFTS',
  predicates: { STATE_ALLOWED: kindAndStateAllowed },
  where: () => ({ state: { $ne: SelfEntryState.APPROVED } }),
  orderBy,
});
