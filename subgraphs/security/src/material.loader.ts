import type { Context } from '@chengxin/kit/call/context';
import { plainRows } from '@chengxin/kit/read/plain-rows';
import DataLoader from 'dataloader';
import { Material } from './material.entity.js';

/** Materials by the law violation that they belong to; who may know of it was decided with it. */
export const materialsOf = (ctx: Context): DataLoader<string, Material[]> =>
  ctx.loader(
    Material,
    () =>
      new DataLoader<string, Material[]>(async (ids) => {
        const among = { column: 'lawViolationId', values: ids } as const;
        const found = await plainRows(ctx.em, Material, {
          where: [],
          among,
          orderBy: { id: 'asc' },
        });
        const byCase = Map.groupBy(found, (material) => material.lawViolationId);
        return ids.map((id) => byCase.get(id) ?? []);
      }),
  );
