import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * One JSON line per event. Variables and values of guarded groups are never given to it.
 *
 * @param to  Where the lines go; without it, the standard output.
 */
export const createLog = (
  part: string,
  level = process.env['LOG_LEVEL'] ?? 'info',
  to?: DestinationStream,
): Log => pino({ level, base: { part }, timestamp: pino.stdTimeFunctions.isoTime }, to);
