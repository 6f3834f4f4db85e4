/**
 * The six offices in one process: `offices.js` with their guard, `offices.js bare` without signatures,
 * decisions, shield, events and counts. Of both the same rows are read, by the same loaders.
 */
import type { OfficeDatabase } from '@chengxin/kit/server/config';
import { countStatements } from '../../support/statements.js';
import { takeOut } from '../without/hooks.js';
import type { Person } from '../without/call.js';
import { answerParent } from './child.js';

const isBare = process.argv[2] === 'bare';
if (isBare) takeOut(['jobs', 'events', 'shield', 'access', 'calls', 'openings', 'feeds']);
// Loaded only now, so that the stand-ins are found.
const { startOffices } = await import('@chengxin/college/parts');
const { loadOffices } = await import('@chengxin/college/office-list');
const { systemClock } = await import('@chengxin/kit/clock');
const { createLog } = await import('@chengxin/kit/server/log');
const { LIMITS_OF_ONE_CALLER } = await import('@chengxin/gateway/limits/settings');
const { believe } = await import('../without/call.js');

export interface OfficesStart {
  readonly databases: Readonly<Record<string, OfficeDatabase>>;
  readonly keys: string;
}
type Asked =
  | { readonly start: OfficesStart }
  | { readonly believe: Person }
  | { readonly count: 'from' | 'to' };

async function start({ databases, keys }: OfficesStart): Promise<Record<string, string>> {
  const { studentsPerHour } = LIMITS_OF_ONE_CALLER;
  const { offices } = await startOffices({
    offices: await loadOffices(),
    databases,
    keys,
    studentsPerHour,
    clock: systemClock,
    log: createLog('offices', 'error'),
  });
  return Object.fromEntries([...offices].map(([name, { url }]) => [name, url]));
}

let counted: Promise<number> | undefined;
let stopCounting = (): void => undefined;

/** Statements between the two messages. */
async function count(which: 'from' | 'to'): Promise<number | undefined> {
  if (which === 'to') {
    stopCounting();
    return counted;
  }
  const until = new Promise<void>((resolve) => (stopCounting = resolve));
  counted = countStatements(() => until).then(({ statements }) => statements.length);
  return undefined;
}

answerParent(async (asked: Asked) => {
  if ('start' in asked) return start(asked.start);
  if ('count' in asked) return count(asked.count);
  believe(asked.believe);
  return undefined;
});
