import type { Context } from '@chengxin/kit/call/context';
import { plainRows } from '@chengxin/kit/read/plain-rows';
import DataLoader from 'dataloader';

/** What hangs on many things of one kind, read at once: rows by the value of one of their columns. */
export const childrenOf =
  <T extends object>(
    entity: new () => T,
    key: keyof T & string,
    orderBy: { readonly [K in keyof T]?: 'asc' | 'desc' },
  ) =>
  (ctx: Context): DataLoader<string, T[]> =>
    ctx.loader(entity, () => {
      return new DataLoader(async (values: readonly string[]) => {
        const among = { column: key, values };
        const rows = await plainRows<T>(ctx.em, entity, {
          where: [],
          among,
          orderBy: orderBy as never,
        });
        const byValue = Map.groupBy(rows, (row) => String(row[key]));
        return values.map((value) => byValue.get(value) ?? []);
      });
    });
