import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { isPlacedIn } from './placed.js';
import type { RelationTest } from './relation-test.js';

const PURPOSE = 'AID_REVIEW';

/** SQL: rounds that run at the instant `v.now` (note 9). */
export const RUNNING_ROUNDS = `
  from v join aid_round r on r.state = 'OPEN' and r.opens_at <= v.now and r.closes_at > v.now`;

/** Orgs of the round that the request names and all below them, while the round runs. */
const ROUND = `
  with recursive v as (select ?::timestamptz as now), round as (
    select r.org_codes, r.closes_at ${RUNNING_ROUNDS} where r.round_id = ?
  ), covered as (
    select jsonb_array_elements_text(org_codes) as code from round
    union
    select o.org_code from org o join covered c on o.parent_code = c.code
  )
  select c.code, r.closes_at as "closesAt" from covered c, round r`;

interface Covered {
  readonly code: string;
  readonly closesAt: string;
}

/** The open round that the request names, once a call; nothing under any other purpose. */
const covered = (ctx: Context): Promise<Covered[]> =>
  ctx.loader(ROUND, async () => {
    const { purpose, reference } = ctx.identity;
    const isForRound = purpose === PURPOSE && reference !== undefined;
    return isForRound ? execute<Covered>(ctx.em, ROUND, [ctx.now, reference]) : [];
  });

/** Codes of the orgs of the round that the request names, and of all below them. */
export const aidRoundCodes = async (ctx: Context): Promise<ReadonlySet<string>> =>
  new Set((await covered(ctx)).map(({ code }) => code));

/** Who lies in the open aid round that the request names, and until when (note 9). */
export async function aidRoundTest(ctx: Context): Promise<RelationTest> {
  const codes = await aidRoundCodes(ctx);
  const [first] = await covered(ctx);
  return {
    holds: (student) => isPlacedIn(codes, student),
    until: first && new Date(first.closesAt),
  };
}
