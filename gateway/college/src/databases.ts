/** The databases of a college on one machine: embedded, unless the environment names another. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseOf, type OfficeDatabase } from '@chengxin/kit/server/config';
import { randomKey } from '@chengxin/kit/call/crypto';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@chengxin/kit/database/embedded';
import { provisionDatabase } from '@chengxin/kit/database/provision';

type Passwords = Record<string, { owner: string; app: string }>;

/** Passwords of the offices' database roles, kept readable by the owner alone. */
function passwordsOf(folder: string, names: readonly string[]): Passwords {
  const file = join(folder, 'database-passwords.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Passwords) : {};
  const fresh = () => randomKey().toString('base64url');
  for (const name of names) known[name] ??= { owner: fresh(), app: fresh() };
  writeFileSync(file, JSON.stringify(known), { mode: 0o600 });
  return known;
}

/** The external database of an office, when the environment names one. */
const external = (name: string): OfficeDatabase | undefined =>
  process.env[`${name.toUpperCase()}_DATABASE_URL`] ? databaseOf(name, process.env) : undefined;

export interface CollegeDatabases {
  readonly databases: Readonly<Record<string, OfficeDatabase>>;
  /** Of the embedded server, where one was started. */
  readonly adminUrl?: string;
  stop(): Promise<void>;
}

/** Open the databases; an embedded server is started only when an office needs it. */
export async function openDatabases(
  folder: string,
  names: readonly string[],
): Promise<CollegeDatabases> {
  const databases: Record<string, OfficeDatabase> = {};
  let server: EmbeddedPostgres | undefined;
  const passwords = passwordsOf(folder, names);
  for (const name of names) {
    const named = external(name);
    if (named) {
      databases[name] = named;
      continue;
    }
    server ??= await startEmbeddedPostgres({ folder: embeddedFolder(folder) });
    const both = passwords[name] ?? { owner: '', app: '' };
    const { adminUrl } = server;
    databases[name] = await provisionDatabase({ adminUrl, database: name, passwords: both });
  }
  const stop = async () => server?.stop();
  return { databases, ...(server && { adminUrl: server.adminUrl }), stop };
}

/** The server's own user must be able to pass through the folder above it. */
function embeddedFolder(folder: string): string {
  const own = join(folder, 'postgresql');
  mkdirSync(own, { recursive: true, mode: 0o755 });
  return own;
}
