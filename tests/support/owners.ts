/** Connections of the owners of databases under test, which stay until the databases go. */
import pg from 'pg';

const owners = new Map<string, pg.Pool>();

export function ownersOf(connectionString: string): pg.Pool {
  const known = owners.get(connectionString);
  if (known) return known;
  const pool = new pg.Pool({ connectionString, max: 4 });
  // Tests end connections from the server's side; the next statement gets a new one.
  pool.on('error', () => undefined);
  owners.set(connectionString, pool);
  return pool;
}

/** End the connections to databases that are about to go. */
export async function endOwners(connectionStrings: readonly string[]): Promise<void> {
  for (const connectionString of connectionStrings) {
    await owners.get(connectionString)?.end();
    owners.delete(connectionString);
  }
}
