import type { Context } from '@chengxin/kit/call/context';
import {
  OVERDUE_PATH,
  type OverdueAnswer,
  type OverdueFlag,
  type OverdueQuestion,
} from '@chengxin/kit/call/overdue';
import { callOffice } from '@chengxin/kit/call/signed-request';
import DataLoader from 'dataloader';

/**
 * Whether an overdue bill of a student is excused, and not by what; nothing without one (note 14).
 * Finance answers by the categories of its bills, so that the two cannot differ.
 *
 * @throws SUBGRAPH_UNAVAILABLE when finance does not answer.
 */
export const overdueFlagOf = (ctx: Context): DataLoader<string, OverdueFlag | undefined> =>
  ctx.loader(
    OVERDUE_PATH,
    () =>
      new DataLoader<string, OverdueFlag | undefined>(async (studentNos) => {
        const question: OverdueQuestion = { studentNos };
        const { identity } = ctx;
        const call = { to: 'finance', path: OVERDUE_PATH, question, identity };
        const { flags } = await callOffice<OverdueAnswer>(ctx, call);
        return studentNos.map((studentNo) => flags[studentNo]);
      }),
  );
