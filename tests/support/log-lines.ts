import { createLog, type Log } from '@chengxin/kit/server/log';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly part?: string;
  readonly office?: string;
  readonly key?: string;
  readonly reason?: string;
  readonly subject?: string;
  readonly err?: { readonly message: string; readonly stack: string };
}

/** A log whose lines are kept, oldest first. */
export function keepLog(level = 'info'): { readonly log: Log; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as LogLine);
  return { log: createLog('test', level, { write }), lines };
}
