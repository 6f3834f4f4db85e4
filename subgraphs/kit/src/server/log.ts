import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** What of an error is written down. What a database adds (`detail`, `where`) has values of rows in it. */
const KEPT: ReadonlySet<string> = new Set([
  'type',
  'message',
  'stack',
  'code',
  'schema',
  'table',
  'column',
  'constraint',
  'path',
  'cause',
]);

/** SQLSTATE of a value that does not fit: the message quotes it. */
const OF_A_VALUE = /^22/;
const withoutValues = (text: unknown): unknown =>
  typeof text === 'string' ? text.replaceAll(/"[^"]*"/g, '"…"') : text;

/** The same error, its message and stack without the value that the database stumbled over. */
const withoutQuotes = (kept: Record<string, unknown>): Record<string, unknown> =>
  typeof kept['code'] === 'string' && OF_A_VALUE.test(kept['code'])
    ? { ...kept, message: withoutValues(kept['message']), stack: withoutValues(kept['stack']) }
    : kept;

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const whole: Record<string, unknown> = { ...pino.stdSerializers.errWithCause(error) };
  const kept = Object.entries(whole).filter(([name]) => KEPT.has(name));
  const { cause } = error;
  return {
    ...withoutQuotes(Object.fromEntries(kept)),
    ...(cause instanceof Error && { cause: serializeError(cause) }),
  };
}

/**
 * One JSON line per event. Variables and values of guarded groups are never given to it.
 *
 * @param to  Where the lines go; without it, the standard output.
 */
export const createLog = (
  part: string,
  level = process.env['LOG_LEVEL'] ?? 'info',
  to?: DestinationStream,
): Log =>
  pino(
    {
      level,
      base: { part },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError },
    },
    to,
  );
