import type { Context } from '@chengxin/kit/call/context';
import DataLoader from 'dataloader';
import { Material } from './material.entity.js';

/** Materials by the law violation that they belong to; who may know of it was decided with it. */
export const materialsOf = (ctx: Context): DataLoader<string, Material[]> =>
  ctx.loader(
    Material,
    () =>
      new DataLoader<string, Material[]>(async (ids) => {
        const where = { lawViolationId: { $in: [...ids] } };
        const found = await ctx.em.find(Material, where, {
          orderBy: { id: 'asc' },
          disableIdentityMap: true,
        });
        const byCase = Map.groupBy(found, (material) => material.lawViolationId);
        return ids.map((id) => byCase.get(id) ?? []);
      }),
  );
