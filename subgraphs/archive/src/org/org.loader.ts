import type { Context } from '@chengxin/kit/call/context';
import DataLoader from 'dataloader';
import { childrenOf } from '../children.loader.js';
import { LevelConfig } from './level-config.entity.js';
import { Org } from './org.entity.js';

export const orgByCode = (ctx: Context): DataLoader<string, Org | null> =>
  ctx.loader(Org, () => {
    return new DataLoader(async (codes: readonly string[]) => {
      const rows = await ctx.em.find(Org, { orgCode: { $in: [...codes] } });
      const byCode = new Map(rows.map((row) => [row.orgCode, row]));
      return codes.map((code) => byCode.get(code) ?? null);
    });
  });

export const levelOfOrg = childrenOf(LevelConfig, 'orgCode', { orgCode: 'asc' });
