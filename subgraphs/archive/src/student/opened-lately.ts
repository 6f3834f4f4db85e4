/**
 * Whom this process has counted and shown within this minute: to open them again would write the same
 * (migration 0106). A new minute begins anew.
 */
import type { Context } from '@chengxin/kit/call/context';
import type { Orm } from '@chengxin/kit/database/orm';

const MINUTE_MS = 60_000;
/** Openings that are remembered at most; the others are counted again. */
const AT_MOST = 50_000;

interface Lately {
  readonly minute: number;
  readonly opened: Set<string>;
}
/** By the connections, so that archives in one process keep their own. */
const lately = new WeakMap<Orm, Lately>();

/** The end of the minute, as the count has it. */
const minuteOf = ({ now }: Context): number => Math.ceil(now.getTime() / MINUTE_MS);
const openingOf = ({ identity }: Context, studentNo: string): string =>
  `${identity.subject} ${studentNo}`;

/** Whether the caller has opened this student within this minute. */
export function isOpenedLately(ctx: Context, studentNo: string): boolean {
  const known = ctx.office && lately.get(ctx.office.orm);
  return known?.minute === minuteOf(ctx) && known.opened.has(openingOf(ctx, studentNo));
}

/** The caller was counted for this student, and sees him. */
export function rememberOpened(ctx: Context, studentNo: string): void {
  if (!ctx.office) return;
  const minute = minuteOf(ctx);
  const known = lately.get(ctx.office.orm);
  const current = known?.minute === minute ? known : { minute, opened: new Set<string>() };
  if (current.opened.size < AT_MOST) current.opened.add(openingOf(ctx, studentNo));
  lately.set(ctx.office.orm, current);
}
