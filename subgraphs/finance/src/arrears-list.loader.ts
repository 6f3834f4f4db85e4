/** Bills of a list: whoever is on it is found by the same words as everywhere (`categoryOf`). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { Arrears, ArrearsCategory } from './arrears.entity.js';
import { categoryClause } from './arrears.rules.js';

export type Unexplained = Pick<Arrears, 'billNo' | 'studentNo'>;

/** Bills that are overdue at a day without any explanation, of those of a list where one is named. */
export const unexplainedAt = (
  em: EntityManager,
  on: string,
  listId?: string,
): Promise<Unexplained[]> =>
  em.find(
    Arrears,
    {
      dueOn: { $lt: on },
      ...categoryClause(ArrearsCategory.UNEXPLAINED, on),
      ...(listId && { listIds: { $overlap: [listId] } }),
    },
    {
      fields: ['billNo', 'studentNo'],
      orderBy: { billNo: 'asc' },
      disableIdentityMap: true,
    },
  ) as unknown as Promise<Unexplained[]>;

const ADD = `
  insert into arrears_list_line (list_id, bill_no)
  select ?::uuid, jsonb_array_elements_text(?::jsonb)`;

/** Put bills on a list. */
export const addLines = (
  em: EntityManager,
  listId: string,
  bills: readonly Unexplained[],
): Promise<unknown> => execute(em, ADD, [listId, JSON.stringify(bills.map((one) => one.billNo))]);
