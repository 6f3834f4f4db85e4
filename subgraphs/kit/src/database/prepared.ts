/**
 * Statements that come again and again are prepared on each connection, so that PostgreSQL reads and
 * plans them once (docs/decisions/0052).
 */
import type { Pool, PoolClient } from 'pg';

/** A text that came so often in this process is prepared from then on. */
const OFTEN = 5;
/** Texts that are prepared at most; each connection keeps its plans. */
const PREPARED_AT_MOST = 200;
/** Texts whose uses are counted at most. */
const COUNTED_AT_MOST = 2000;

/** `cached plan must not change result type`: a table has changed since (a newer release migrated). */
const STALE_PLAN = '0A000';

/** Names of the statements that are prepared, the same on all connections. */
function createNames() {
  const uses = new Map<string, number>();
  const names = new Map<string, string>();
  const never = new Set<string>();
  let made = 0;
  return {
    nameOf(text: string): string | undefined {
      const known = names.get(text);
      if (known || made >= PREPARED_AT_MOST || never.has(text)) return known;
      const count = (uses.get(text) ?? 0) + 1;
      if (uses.size >= COUNTED_AT_MOST) uses.clear();
      uses.set(text, count);
      if (count < OFTEN) return undefined;
      uses.delete(text);
      // Never one that a connection has had for another text.
      const name = `s${++made}`;
      names.set(text, name);
      return name;
    },
    giveUp(text: string): void {
      names.delete(text);
      never.add(text);
    },
  };
}

type Query = (...parts: unknown[]) => Promise<unknown>;

/** Prepares what comes often on every connection of a pool. */
export function prepareOften(pool: Pool): void {
  const names = createNames();
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as Query;
    const prepared: Query = async (text, values, ...more) => {
      const isPlain = typeof text === 'string' && Array.isArray(values) && more.length === 0;
      const name = isPlain ? names.nameOf(text) : undefined;
      if (name === undefined) return query(text, values, ...more);
      try {
        return await query({ name, text, values });
      } catch (error) {
        if ((error as { code?: unknown }).code !== STALE_PLAN) throw error;
        names.giveUp(String(text));
        // Within a transaction that is over now, the first error says why.
        return query(text, values).catch(() => Promise.reject(error as Error));
      }
    };
    client.query = prepared as typeof client.query;
  });
}
