import type { Context } from '@chengxin/kit/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Placed, RelationTest } from './relation.loader.js';

const PURPOSE = 'AID_REVIEW';

/** Orgs of the round that the request names and all below them, while the round runs. */
const ROUND = `
  with recursive round as (
    select org_codes, closes_at from aid_round
    where round_id = ? and state = 'OPEN' and opens_at <= ? and closes_at > ?
  ), covered as (
    select jsonb_array_elements_text(org_codes) as code from round
    union
    select o.org_code from org o join covered c on o.parent_code = c.code
  )
  select c.code, r.closes_at as "closesAt" from covered c, round r`;

/** Who lies in the open aid round that the request names, and until when (note 9), once a call. */
export const aidRoundTest = (ctx: Context): Promise<RelationTest> =>
  ctx.loader(ROUND, async () => {
    const { purpose, reference } = ctx.identity;
    const isAsked = purpose === PURPOSE && reference !== undefined;
    const rows = isAsked
      ? await execute<{ code: string; closesAt: string }>(ctx.em, ROUND, [
          reference,
          ctx.now,
          ctx.now,
        ])
      : [];
    const codes = new Set(rows.map(({ code }) => code));
    const [first] = rows;
    return {
      holds: ({ college, classCode }: Placed) => codes.has(college) || codes.has(classCode),
      until: first && new Date(first.closesAt),
    };
  });
