/** Counts what reaches PostgreSQL, at the driver: every statement of every office. */
import pg from 'pg';

export interface Statement {
  readonly database: string;
  readonly text: string;
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const listeners = new Set<(statement: Statement) => void>();
const original = prototype.query;

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String((statement as { text?: string })?.text ?? '');

/** Background readers of feeds request all the time; they are not part of a request. */
const BACKGROUND =
  /feed_cursor|feed_epoch|feed_reader|outbox_pruned|outbox_republished|failed_event|from outbox|sealed_key as|as payload from|listen outbox|pg_notify/;
const BEGIN = /^begin/i;
const END = /^(commit|rollback)\b/i;

/** A transaction of one connection: what it began with waits until it is clear whose it is. */
interface Transaction {
  readonly held: Statement[];
  isOfReader?: boolean;
}
const transactions = new WeakMap<pg.Client, Transaction>();

/** What to count now: a reader of feeds locks its cursor first, and all that follows is its own. */
function counted(client: pg.Client, statement: Statement): Statement[] {
  const { text } = statement;
  if (BEGIN.test(text)) {
    transactions.set(client, { held: [statement] });
    return [];
  }
  const open = transactions.get(client);
  if (!open) return BACKGROUND.test(text) ? [] : [statement];
  open.isOfReader ??= BACKGROUND.test(text);
  if (END.test(text)) transactions.delete(client);
  return open.isOfReader ? [] : [...open.held.splice(0), statement];
}

prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const database = (this as unknown as { database: string }).database;
  const statements = counted(this, { database, text: textOf(args[0]) });
  for (const statement of statements) for (const listen of listeners) listen(statement);
  return original.apply(this, args);
};

/** Statements of the offices while something runs, by office. */
export async function countStatements<T>(
  run: () => Promise<T>,
): Promise<{ result: T; statements: Statement[]; byOffice: Record<string, number> }> {
  const statements: Statement[] = [];
  const listen = (statement: Statement) => void statements.push(statement);
  listeners.add(listen);
  try {
    const result = await run();
    const byOffice: Record<string, number> = {};
    for (const { database } of statements) {
      const office = database.split('_').at(-1) ?? database;
      byOffice[office] = (byOffice[office] ?? 0) + 1;
    }
    return { result, statements, byOffice };
  } finally {
    listeners.delete(listen);
  }
}
