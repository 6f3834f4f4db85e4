import type { Context } from '@chengxin/kit/call/context';
import { AidRound } from './aid-round.entity.js';

/** Every aid round, or those of one year, the latest first: a handful a year. */
export const aidRoundsOf = (ctx: Context, academicYear: string | undefined): Promise<AidRound[]> =>
  ctx.em.find(AidRound, academicYear ? { academicYear } : {}, {
    orderBy: { opensAt: 'desc', roundId: 'asc' },
  });
