import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, withNodes, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { CaseEntry } from './case-entry.js';
import { EvaluationCase } from './evaluation-case.entity.js';
import { decisionsOfCase, ownEntryClauses } from './evaluation-case.loader.js';

const CaseEntryConnection = connectionOf('CaseEntry', () => CaseEntry);
const LATEST_FIRST = [
  ['opensAt', 'desc'],
  ['caseId', 'asc'],
] as const;

async function entryOf(ctx: Context, one: EvaluationCase): Promise<CaseEntry> {
  const { purpose, hostOffice, opensAt, closesAt, caseId } = one;
  const [decision] = await decisionsOfCase(ctx).load(caseId);
  const { result = null, reasonCodes = null } = decision ?? {};
  return { purpose, hostOffice, opensAt, closesAt, result, reasonCodes };
}

@Resolver(() => CaseEntry)
export class CaseEntryResolver {
  /** A student's own entries in cases, whatever their state, drafts apart. Source: G21, 3.4 (30). */
  @Privacy('CASES')
  @Query(() => CaseEntryConnection, {
    nullable: true,
    description: "The caller's own entries in cases, the latest first; staff have none (G21).",
  })
  async myCases(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<CaseEntry>> {
    const where = await ownEntryClauses(ctx);
    const list = { name: 'myCases', entity: EvaluationCase, where, order: LATEST_FIRST };
    const found = await page(ctx, list, args);
    return withNodes(found, await Promise.all(found.nodes.map((one) => entryOf(ctx, one))));
  }
}
