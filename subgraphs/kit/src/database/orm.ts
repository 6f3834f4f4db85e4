import { MikroORM, type Constructor } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { PostgreSqlDriver, type EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

export type { EntityManager };
export type Entities = readonly Constructor<object>[];
export type Orm = MikroORM<PostgreSqlDriver>;

/** Connections that one office holds at most. */
const POOL_SIZE = 10;

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
