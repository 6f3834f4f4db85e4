/** Self-reported entries of a student, all versions that the caller may know of (DOMAIN 3.2). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import {
  openStates,
  studentRows,
  type RowPredicate,
  type StateDemands,
  type StudentRows,
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

const APPROVED = `select id from self_entry where entry_id = ?::uuid and state = 'APPROVED'`;
const NEXT = `select max(edition) + 1 as edition from self_entry where entry_id = ?::uuid`;

const orderBy = { startOn: 'desc', entryId: 'asc', edition: 'desc' } as const;

export const selfEntryRows: StudentRows<SelfEntry> = {
  entity: SelfEntry,
  group: 'SELF_ENTRIES',
  predicates: {
    STATE_ALLOWED: kindAndStateAllowed,
    KINDS_POST_INTERNSHIP: postOrInternship,
  },
  orderBy,
};
export const selfEntriesOf = studentRows(selfEntryRows);

/** The edition of an entry that readers see. */
export async function approvedEdition(
  em: EntityManager,
  entryId: string,
): Promise<string | undefined> {
  const [row] = await execute<{ id: string }>(em, APPROVED, [entryId]);
  return row?.id;
}

/** Number of the next edition of an entry. */
export async function nextEdition(em: EntityManager, entryId: string): Promise<number> {
  const [row] = await execute<{ edition: number }>(em, NEXT, [entryId]);
  return row?.edition ?? 1;
}

/** Approved ones, under the group of entries: what is a draft is read under that of drafts. */
export const approvedEntryRows: StudentRows<SelfEntry> = {
  ...selfEntryRows,
  where: () => ({ state: SelfEntryState.APPROVED }),
};

/** Versions that are not approved: drafts, in review, sent back, turned down, superseded. */
export const draftEntryRows: StudentRows<SelfEntry> = {
  entity: SelfEntry,
  group: 'SELF_ENTRY_DRAFTS',
  predicates: { STATE_ALLOWED: kindAndStateAllowed },
  where: () => ({ state: { $ne: SelfEntryState.APPROVED } }),
  orderBy,
};
export const selfEntryDraftsOf = studentRows(draftEntryRows);
