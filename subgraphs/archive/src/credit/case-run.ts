/** The run that the grades of a case are of: a fact about the case, the same for each of its students. */
import type { Context } from '@chengxin/kit/call/context';
import { registerEnumType } from 'type-graphql';
import { runOfCase } from '../case/evaluation-case.loader.js';

export enum CaseRun {
  LOCKED = 'LOCKED',
  NONE_LOCKED = 'NONE_LOCKED',
}
registerEnumType(CaseRun, {
  name: 'CaseRun',
  description: 'Whether a run was locked when a case opened, whose grades the case shows.',
});

/**
 * Whether there is a run for the case of the request; null for whoever reads no locked run of a case.
 * Nothing of the student goes into it: a grade that is null although a run was locked comes
 * without a reason (2.4, 3.7(15)).
 */
export async function caseRunOf(ctx: Context, studentNo: string): Promise<CaseRun | null> {
  const { caseId } = ctx.identity;
  if (!caseId || !ctx.predicates('CREDIT_GRADE', studentNo).includes('LOCKED_RUN')) return null;
  const [run] = await runOfCase(ctx).load(caseId);
  return run?.runId ? CaseRun.LOCKED : CaseRun.NONE_LOCKED;
}
