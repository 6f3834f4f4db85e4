/** What is left of an archive that is destroyed, and how the other offices learn of it (2.4, 3.6). */
import { deriveKey, mac } from '@chengxin/kit/call/crypto';
import type { Keyring } from '@chengxin/kit/call/keyring';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

/** The other offices learn that student and consents are gone; what they held goes with that. */
export const PUBLISH_GONE = `
  insert into outbox (topic, key, version, at)
  select 'roster', student_no, version + 1, ?::timestamptz from student where student_no = ?
  union all
  select 'consent', consent_id, version + 1, ?::timestamptz from consent
  where student_no = ? and granted_at is not null`;

const TOMBSTONE = `
  insert into destroyed_archive (student_mac, opened_on, closed_on, destroyed_on)
  values (?, ?::date, ?::date, ?::date)`;

export interface Destroyed {
  readonly studentNo: string;
  readonly openedOn: string;
  readonly closedOn: string;
  readonly destroyedOn: string;
}

/** How a destroyed archive is known: by the number of its student, for who has both number and key. */
export const macOfStudent = ({ dataKey }: Keyring, studentNo: string): string =>
  mac(deriveKey(dataKey, 'destroyed archive'), studentNo);

export const putTombstone = (
  em: EntityManager,
  keyring: Keyring,
  { studentNo, openedOn, closedOn, destroyedOn }: Destroyed,
): Promise<unknown> =>
  execute(em, TOMBSTONE, [macOfStudent(keyring, studentNo), openedOn, closedOn, destroyedOn]);
