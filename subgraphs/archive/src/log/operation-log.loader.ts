import type { Context } from '@chengxin/kit/call/context';
import { openLines, type Sealed } from '@chengxin/kit/change/operation-log';
import type { Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { predicatesOf } from '@chengxin/kit/privacy/predicates';
import DataLoader from 'dataloader';
import { numbersOf } from '../student/former-numbers.loader.js';
import { actionsOn } from './action-group.rules.js';
import { OperationLog } from './operation-log.entity.js';

/** What entries are filtered by. */
export interface LogFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly requestId?: string;
  readonly from?: string;
  readonly until?: string;
}

function filterClauses(filter: LogFilter): object[] {
  return Object.entries(filter).flatMap(([name, value]): object[] => {
    if (value === undefined || value === null) return [];
    if (name === 'from') return [{ at: { $gte: value } }];
    return [name === 'until' ? { at: { $lt: value } } : { [name]: value }];
  });
}

/** A target is words; one of them is the number of whom it is about. */
function namesOf(number: string): object {
  const word = number.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const like = [`% ${word}`, `${word} %`, `% ${word} %`];
  return { $or: [{ target: number }, ...like.map(($like) => ({ target: { $like } }))] };
}

/**
 * The where-clauses of the entries that the caller may know of: about something whose group is open
 * to him (TARGET_ALLOWED); in his own matter, about himself (note 27).
 */
export async function logClauses(ctx: Context, filter: LogFilter = {}): Promise<object[]> {
  const { role, purpose, subject, studentNo } = ctx.identity;
  // Visible to the person from a notice on: an entry does not say whether there was one.
  const opens = (group: Group) =>
    isOpen(cell(role, group).effect) && !predicatesOf(role, group).includes('FROM_NOTIFIED');
  const where: object[] = filterClauses(filter);
  where.push({ action: { $in: actionsOn(opens) } });
  if (purpose === 'SELF_SERVICE') {
    // Lines stay as they were written, under a number of before as well (F-07).
    const own = studentNo ? await numbersOf(ctx, studentNo) : [subject];
    where.push({ $or: own.map((number) => namesOf(number)) });
  }
  return where;
}

/** What stands sealed in entries: one statement for a page; nothing where the key is destroyed. */
export const sealedOf = (ctx: Context): DataLoader<OperationLog, Sealed | undefined> =>
  ctx.loader(
    OperationLog,
    () => new DataLoader((entries) => openLines(ctx.em, ctx.keyring, entries), { cache: false }),
  );
