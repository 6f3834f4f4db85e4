import { MikroORM, raw, type Constructor, type FilterQuery } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { PostgreSqlDriver, type EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type AbortableQueryOptions } from 'kysely';
import type { Pool } from 'pg';
import { WORK, type Deadlines } from './deadlines.js';
import { prepareOften } from './prepared.js';

export type { EntityManager };
export type Entities = readonly Constructor<object>[];
export type Orm = MikroORM<PostgreSqlDriver>;

/**
 * Who holds a connection that the server cuts within a transaction never gives it back: the rollback
 * fails first. Ten of them, and an office would wait for a connection for ever.
 */
function takeBackLost(pool: Pool): void {
  pool.on('connect', (client) => {
    client.once('end', () => {
      const { release } = client;
      client.release = () => {};
      try {
        release(true);
      } catch {
        // It had been given back before.
      }
    });
  });
}

/** Open an office's database under its run-time role. */
export function openOrm(url: string, entities: Entities, deadlines: Deadlines): Promise<Orm> {
  return MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    metadataProvider: ReflectMetadataProvider,
    clientUrl: url,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: deadlines.connections },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    ensureDatabase: false,
    driverOptions: {
      onPoolCreated(pool: Pool) {
        takeBackLost(pool);
        prepareOften(pool);
      },
      connectionTimeoutMillis: deadlines.connection,
      lock_timeout: deadlines.lock,
      statement_timeout: deadlines.statement,
      idle_in_transaction_session_timeout: deadlines.idle,
    },
  });
}

/** For imports, feeds and jobs: time for their statements, and the entities whose rows jobs change. */
export const openForWork = (url: string, entities: Entities = []): Promise<Orm> =>
  openOrm(url, entities, WORK);

/**
 * An entity manager of its own for each call; identity maps are never shared.
 *
 * @param gone  Aborted when nobody waits for the call: its statement is cancelled in the database.
 */
export const forkOf = (orm: Orm, gone?: AbortSignal): EntityManager =>
  orm.em.fork({
    disableTransactions: false,
    ...(gone && { signal: gone, inflightQueryAbortStrategy: 'cancel query' }),
  }) as EntityManager;

/**
 * A where-clause that no property says: SQL over the row, by the alias that it is given.
 *
 * @param parameters  Values of its `?`.
 */
export const whereSql = <Row>(
  sql: (alias: string) => string,
  parameters: readonly unknown[],
): FilterQuery<Row> => ({ [raw(sql, [...parameters])]: [] }) as FilterQuery<Row>;

/** A column that no property says, to be selected or sorted by. */
export const columnSql = (sql: string, parameters: readonly unknown[] = []) =>
  raw(sql, [...parameters]);

/** What the manager was forked with; those of its transactions inherit it. */
const abortOf = (em: EntityManager): AbortableQueryOptions | undefined =>
  (em as unknown as { getAbortOptions(): AbortableQueryOptions | undefined }).getAbortOptions();

/** `?` → `$1`, `$2`, … as PostgreSQL binds them. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${++count}`);
}

/** Run one statement with bound parameters, written `?`, inside the manager's transaction if it has one. */
export async function execute<Row = Record<string, unknown>>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const compiled = CompiledQuery.raw(numbered(sql), [...parameters]);
  const { rows } = await em.getKysely().executeQuery(compiled, abortOf(em));
  return rows as Row[];
}
