/** Stands in for the sealing of `Student.access`: it names the rulings, which travel as they are. */
import type { Context } from '@chengxin/kit/call/context';
import { digestOfRuled, writeRulings } from '@chengxin/kit/privacy/decision';

export function sealedDecision(ctx: Context, studentNo: string): string | null {
  const decision = ctx.decisionOn(studentNo);
  if (!decision) return null;
  const ruled = writeRulings(decision.rulings);
  ctx.sendBeside(ruled);
  return digestOfRuled(ruled);
}
