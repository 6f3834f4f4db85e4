/** Texts that are published to everybody: documents, procedures, notices. */
import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, Query, Resolver } from 'type-graphql';
import { NoticeVersion } from './notice-version.entity.js';
import { PolicyDocument } from './policy-document.entity.js';
import { QueryProcedure } from './query-procedure.entity.js';

@Resolver()
export class PublishedResolver {
  @Privacy('RULES')
  @Query(() => [PolicyDocument], {
    nullable: true,
    description: 'The regulations that the archive rests on (G1, G23, Z0).',
  })
  policyDocuments(@Ctx() ctx: Context): Promise<PolicyDocument[]> {
    return ctx.em.find(PolicyDocument, {}, { orderBy: { issuedOn: 'asc', docNo: 'asc' } });
  }

  @Privacy('RULES')
  @Query(() => [QueryProcedure], {
    nullable: true,
    description: 'How credit data may be requested (Z6.3a).',
  })
  queryProcedures(@Ctx() ctx: Context): Promise<QueryProcedure[]> {
    return ctx.em.find(QueryProcedure, {}, { orderBy: { procedureCode: 'asc' } });
  }

  @Privacy('RULES')
  @Query(() => [NoticeVersion], {
    nullable: true,
    description: 'What persons are notified of before their data are processed (L-10).',
  })
  noticeVersions(@Ctx() ctx: Context): Promise<NoticeVersion[]> {
    return ctx.em.find(NoticeVersion, {}, { orderBy: { validFrom: 'asc', version: 'asc' } });
  }
}
