import { MikroORM, type Constructor } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { PostgreSqlDriver, type EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';

export type { EntityManager };
export type Entities = readonly Constructor<object>[];
export type Orm = MikroORM<PostgreSqlDriver>;

/** Connections that one office holds at most. */
const POOL_SIZE = 10;

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
export function openOrm(url: string, entities: Entities): Promise<Orm> {
  return MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    metadataProvider: ReflectMetadataProvider,
    clientUrl: url,
    entities: [...entities],
    pool: { min: 0, max: POOL_SIZE },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    ensureDatabase: false,
    driverOptions: { onPoolCreated: takeBackLost },
  });
}

/** An entity manager of its own for each call; identity maps are never shared. */
export const forkOf = (orm: Orm): EntityManager =>
  orm.em.fork({ disableTransactions: false }) as EntityManager;

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
  const { rows } = await em.getKysely().executeQuery(compiled);
  return rows as Row[];
}
