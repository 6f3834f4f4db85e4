import type { Context } from '@chengxin/kit/call/context';
import { callOffice } from '@chengxin/kit/call/signed-request';
import { UNEXPLAINED_PATH, type UnexplainedAnswer } from '@chengxin/kit/call/unexplained';

/**
 * Whether finance knows nothing that explains an overdue bill: no deferral, no excuse (T-01).
 *
 * @throws SUBGRAPH_UNAVAILABLE when finance does not answer: then nobody is found malicious.
 */
export async function isUnexplained(ctx: Context, billNo: string): Promise<boolean> {
  const { identity } = ctx;
  const call = { to: 'finance', path: UNEXPLAINED_PATH, question: { billNo }, identity };
  return (await callOffice<UnexplainedAnswer>(ctx, call)).isUnexplained;
}
