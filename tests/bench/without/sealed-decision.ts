/** Stands in for the sealing of `Student.access`: the rulings travel as they are. */
import type { Context } from '@chengxin/kit/call/context';
import { writeRuled, writeRulings } from '@chengxin/kit/privacy/decision';

export function sealedDecision(ctx: Context, studentNo: string): string | null {
  const decision = ctx.decisionOn(studentNo);
  return decision
    ? ctx.sealing.access(studentNo, writeRuled(writeRulings(decision.rulings)), decision)
    : null;
}
