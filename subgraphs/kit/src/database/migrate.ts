import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/core';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';

/** Migrations that every office has: roster, feed, imports, operation log. */
const KIT_FOLDER = join(import.meta.dirname, '../../migrations');

/** Forward-only SQL files as MikroORM migrations; `:app` becomes the run-time role. */
function migrationsIn(folder: string, prefix: string, appRole: string) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8').replaceAll(':app', `"${appRole}"`);
      const name = `${prefix}-${file.replace(/\.sql$/, '')}`;
      return {
        name,
        class: class extends Migration {
          override up(): void {
            this.addSql(sql);
          }
        },
      };
    });
}

const namesIn = (folder: string, prefix: string): string[] =>
  migrationsIn(folder, prefix, '').map(({ name }) => name);

/** Names of all migrations that this version has for an office, in their order. */
export const knownMigrations = (folder: string): string[] => [
  ...namesIn(KIT_FOLDER, 'kit'),
  ...namesIn(folder, 'office'),
];

/** SQL: names of the migrations that a database has, in the order in which they were applied. */
export const APPLIED = `select name from mikro_orm_migrations order by id`;

export interface MigrationTarget {
  /** URL of the migration owner. */
  readonly ownerUrl: string;
  /** URL of the run-time role, whose rights on logs the migrations narrow. */
  readonly appUrl: string;
  /** The office's own `migrations` folder. */
  readonly folder: string;
  /** These alone, for the level of a backup; all, when nothing is said. */
  readonly only?: readonly string[];
}

/**
 * Bring an office's database up to date.
 *
 * @returns Names of the migrations that were applied now.
 */
export async function migrate(target: MigrationTarget): Promise<string[]> {
  const appRole = decodeURIComponent(new URL(target.appUrl).username);
  const orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    clientUrl: target.ownerUrl,
    discovery: { warnWhenNoEntities: false },
    entities: [],
    extensions: [Migrator],
    ensureDatabase: false,
    pool: { min: 0, max: 1 },
    migrations: {
      migrationsList: [
        ...migrationsIn(KIT_FOLDER, 'kit', appRole),
        ...migrationsIn(target.folder, 'office', appRole),
      ],
      snapshot: false,
      silent: true,
    },
  });
  try {
    const { only } = target;
    const applied = await orm.migrator.up(only && { migrations: [...only] });
    return applied.map((migration) => migration.name);
  } finally {
    await orm.close();
  }
}
