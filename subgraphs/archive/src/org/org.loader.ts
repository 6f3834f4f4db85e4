import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
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

const UNKNOWN = `
  select code from unnest(?::text[]) code
  where not exists (select from org where org_code = code) order by code`;

/** Which of some codes name no org. */
export async function unknownOrgs(em: EntityManager, codes: readonly string[]): Promise<string[]> {
  const rows = await execute<{ code: string }>(em, UNKNOWN, [codes]);
  return rows.map(({ code }) => code);
}
