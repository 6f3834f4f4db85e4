import { pino, type Logger } from 'pino';

export type Log = Logger;

/** One JSON line per event. Variables and values of guarded groups are never given to it. */
export const createLog = (part: string, level = process.env['LOG_LEVEL'] ?? 'info'): Log =>
  pino({ level, base: { part }, timestamp: pino.stdTimeFunctions.isoTime });
