/** What was revoked here of records that offices own: each office ends the fact, once (docs/decisions/0096). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { revokedTopicOf } from '@chengxin/kit/feed/revoked';
import type { Records, Topics } from '@chengxin/kit/feed/topic';

type RecordTable = 'conduct_record' | 'good_record';

const DECIDED: Readonly<Record<RecordTable, string>> = {
  conduct_record: `l.target_type = 'ConductRecord' and l.action = 'conduct.revoke'`,
  good_record: `l.target_type = 'GoodRecord' and l.action = 'goodRecord.revoke'`,
};

/**
 * SQL: revoked here, as the log says. A record that is revoked because its office publishes the fact no
 * more (a post that is appraised lower) ends nothing there.
 */
const isRevokedHere = (table: RecordTable): string => `
  state = 'REVOKED' and exists (select from operation_log l
    where l.target_id = ${table}.id::text and ${DECIDED[table]})`;

/** The fact by its number at the office, and its type: neither whose it is nor why. */
const revokedOf =
  (office: string) =>
  (table: RecordTable): Records => ({
    prefix: '',
    from: table,
    where: `source_subgraph = '${office}' and ${isRevokedHere(table)}`,
    id: 'source_id',
    idType: 'text',
    version: 'version',
    payload: `jsonb_build_object('type', source_typename)`,
  });

/** A topic for each office: none learns what was revoked of another's. */
export const revokedTopics = (offices: readonly string[]): Topics =>
  Object.fromEntries(
    offices.map((office) => [
      revokedTopicOf(office),
      {
        readers: [office],
        carries: (['conduct_record', 'good_record'] as const).map(revokedOf(office)),
      },
    ]),
  );

const PUBLISH = (table: RecordTable): string => `
  insert into outbox (topic, key, version, at)
  select '${revokedTopicOf('')}' || source_subgraph, source_id, version, ? from ${table}
  where id = any(?::uuid[]) and state = 'REVOKED' and source_subgraph <> 'archive'`;

/** Publish records that were revoked here, in the same transaction. */
export const publishRevoked = (
  em: EntityManager,
  now: Date,
  table: RecordTable,
  ids: readonly string[],
): Promise<unknown> => execute(em, PUBLISH(table), [now, ids]);
