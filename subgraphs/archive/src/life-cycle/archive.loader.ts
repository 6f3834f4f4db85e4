/** What is known of a student's archive and his access to it, one query each for many students. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { Account } from './account.entity.js';
import { Agreement } from './agreement.entity.js';
import { ArchiveState } from './archive-state.js';
import { Archive } from './archive.entity.js';

/**
 * The open archive of a student. The entrance stands under IDENTITY, whose conditions are on the
 * student and met by whoever sees him; the fields inside have groups of their own.
 */
export const archiveRows: StudentRows<Archive> = {
  entity: Archive,
  group: 'IDENTITY',
  predicates: {
    OWN_PROVIDER: () => ({}),
    OWN_MATTER: () => ({}),
    OWN_DOMAIN: () => ({}),
    SUBMITTED: () => ({}),
  },
  where: () => ({ state: { $nin: [ArchiveState.VOID, ArchiveState.DESTROYED] } }),
  orderBy: { openedOn: 'desc', id: 'asc' },
};
export const archivesOf = studentRows(archiveRows);

/** One that has become part of another, or none, comes after it (F-07). */
const STATE = `
  select state from archive where student_no = ?
  order by state = 'VOID', opened_on desc, id limit 1`;

/** State of a student's latest archive, for changes of what stands in it. */
export async function archiveState(
  em: EntityManager,
  studentNo: string,
): Promise<ArchiveState | undefined> {
  const [row] = await execute<{ state: ArchiveState }>(em, STATE, [studentNo]);
  return row?.state;
}

/** Agreements of a student, the latest first. */
export const agreementRows: StudentRows<Agreement> = {
  entity: Agreement,
  group: 'ACCOUNT',
  predicates: {},
  orderBy: { signedAt: 'desc', id: 'asc' },
};
export const agreementsOf = studentRows(agreementRows);

/** The account of a student. */
export const accountRows: StudentRows<Account> = {
  entity: Account,
  group: 'ACCOUNT',
  predicates: {},
  orderBy: { subject: 'asc' },
};
export const accountsOf = studentRows(accountRows);
