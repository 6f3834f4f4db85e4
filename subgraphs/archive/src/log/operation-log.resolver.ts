import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Instant } from '@chengxin/kit/schema/scalars';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { staffByNo } from '../staff/staff.loader.js';
import { OperationLog } from './operation-log.entity.js';
import { logClauses, sealedOf } from './operation-log.loader.js';

const OperationLogConnection = connectionOf('OperationLog', () => OperationLog);
const ORDER = [['id', 'desc']] as const;

@InputType()
class OperationLogFilter {
  @Reads('OperationLog.actor')
  @Field(() => String, { nullable: true })
  actor?: string;

  @Reads('OperationLog.action')
  @Field(() => String, { nullable: true })
  action?: string;

  @Reads('OperationLog.requestId')
  @Field(() => ID, { nullable: true })
  requestId?: string;

  @Reads('OperationLog.at')
  @Field(() => Instant, { nullable: true })
  from?: string;

  @Reads('OperationLog.at')
  @Field(() => Instant, { nullable: true, description: 'End, not included.' })
  until?: string;
}

@Resolver(() => OperationLog)
export class OperationLogResolver {
  /** VALIDATION for a filter on what the caller does not see. */
  @Privacy('OPERATION_LOG')
  @Query(() => OperationLogConnection, {
    nullable: true,
    description: 'What was done in the archive, the latest first (G19.2).',
  })
  async operationLog(
    @Arg('filter', () => OperationLogFilter, { nullable: true })
    filter: OperationLogFilter | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<OperationLog>> {
    const where = await logClauses(ctx, filter);
    const list = { name: 'operationLog', entity: OperationLog, where, filter, order: ORDER };
    return page(ctx, list, args);
  }

  @Privacy('OPERATION_LOG')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why; none where the record that it is about was destroyed.',
  })
  async reason(@Root() entry: OperationLog, @Ctx() ctx: Context): Promise<string | null> {
    return entry.reason ?? (await sealedOf(ctx).load(entry))?.reason ?? null;
  }

  @Privacy('OPERATION_LOG')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Office, family name and *; of others than staff the * alone (note 27).',
  })
  async actorMasked(@Root() entry: OperationLog, @Ctx() ctx: Context): Promise<string> {
    const [person] = await staffByNo(ctx).load(entry.actor);
    return person ? `${person.orgCode ?? ''} ${person.name.slice(0, 1)}*`.trimStart() : '*';
  }
}
