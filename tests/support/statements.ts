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

const textOf = (asked: unknown): string =>
  typeof asked === 'string' ? asked : String((asked as { text?: string })?.text ?? '');

prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const database = (this as unknown as { database: string }).database;
  for (const listen of listeners) listen({ database, text: textOf(args[0]) });
  return original.apply(this, args);
};

/** Background readers of feeds ask all the time; they are not part of a request. */
const BACKGROUND = /feed_cursor|from outbox/;

/** Statements of the offices while something runs, by office. */
export async function countStatements<T>(
  run: () => Promise<T>,
): Promise<{ result: T; statements: Statement[]; byOffice: Record<string, number> }> {
  const statements: Statement[] = [];
  const listen = (statement: Statement) => {
    if (!BACKGROUND.test(statement.text)) statements.push(statement);
  };
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
