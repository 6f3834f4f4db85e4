/**
 * What an office publishes, topic by topic. The outbox names a record and its version, and nothing
 * more; what the record says is read from its table when the feed is read. A record that is destroyed
 * is therefore in no outbox, and its readers get it as gone (DOMAIN 3.6).
 */
import { execute, type EntityManager } from '../database/orm.js';

/** Records of an office as others may read them. */
export interface Records {
  /** What stands before a record's number in the key of its events: `security:`. */
  readonly prefix: string;
  /** SQL: the tables that hold them. */
  readonly from: string;
  /** SQL: which of them may be read; the others are gone for whoever reads. */
  readonly where?: string;
  /** SQL: the record's number, which has an index. */
  readonly id: string;
  readonly idType: 'uuid' | 'text';
  /** SQL: its version. */
  readonly version: string;
  /** SQL: what is disclosed of it, as jsonb. */
  readonly payload: string;
}

export interface Topic {
  /** Offices that may read it. */
  readonly readers: readonly string[];
  /**
   * What its events carry: the present record; a value of the moment, sealed under a key of its own;
   * or codes and counts, which guard nobody (`collection`), or nothing at all.
   */
  readonly carries: readonly Records[] | 'SEALED' | 'CODES';
}
export type Topics = Readonly<Record<string, Topic>>;

/** What an office publishes: of whom and of what a notice is to be sent. */
export const NOTICE_REQUESTS: Records = {
  prefix: '',
  from: 'notice_standing',
  where: 'student_no is not null',
  id: 'key',
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('studentNo', student_no, 'type', subject_type, 'id', subject_id,
    'kind', kind, 'groups', groups, 'consentId', consent_id)`,
};

const TO_ARCHIVE = ['archive'];
/**
 * What every office publishes beside its records: its disclosures, how its imports and its backups
 * went, and of what students are to be notified.
 */
export const OFFICE_TOPICS = {
  notice: { readers: TO_ARCHIVE, carries: [NOTICE_REQUESTS] },
  access: { readers: TO_ARCHIVE, carries: 'SEALED' },
  collection: { readers: TO_ARCHIVE, carries: 'CODES' },
  backup: { readers: TO_ARCHIVE, carries: 'CODES' },
} as const satisfies Topics;

type Payload = Record<string, unknown>;

const PRESENT = ({ from, where = 'true', id, idType, payload }: Records): string => `
  select ${id}::text as id, ${payload} as payload from ${from}
  where ${id} = any(?::${idType}[]) and (${where})`;

/** What the records behind some keys say now; a key without one is not in the answer. */
export async function presentRecords(
  em: EntityManager,
  kinds: readonly Records[],
  keys: readonly string[],
): Promise<Map<string, Payload>> {
  const present = new Map<string, Payload>();
  for (const records of kinds) {
    const { prefix } = records;
    const ids = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    if (!ids.length) continue;
    type Row = { readonly id: string; readonly payload: Payload };
    for (const row of await execute<Row>(em, PRESENT(records), [ids]))
      present.set(prefix + row.id, row.payload);
  }
  return present;
}
