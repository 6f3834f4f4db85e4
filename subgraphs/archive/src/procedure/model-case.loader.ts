import type { Context } from '@chengxin/kit/call/context';
import { page, type Connection, type PageArgs } from '@chengxin/kit/read/page';
import { studentRows } from '@chengxin/kit/read/rows';
import { ModelCase } from './model-case.entity.js';
import { publishedAt } from './model-case.predicates.js';

/** Published cases of a student, the latest first. */
export const modelCasesOf = studentRows<ModelCase>({
  entity: ModelCase,
  group: 'MODEL_CASES',
  predicates: {},
  where: ({ now, today }) => publishedAt(now, today),
  orderBy: { publishedOn: 'desc', id: 'asc' },
});

/** Published cases of all, the latest first. */
export const modelCases = (ctx: Context, args: PageArgs): Promise<Connection<ModelCase>> =>
  page(
    ctx,
    {
      name: 'modelCases',
      entity: ModelCase,
      where: [publishedAt(ctx.now, ctx.today), { isErased: false }],
      order: [
        ['publishedOn', 'desc'],
        ['id', 'asc'],
      ],
    },
    args,
  );
