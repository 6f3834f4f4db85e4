import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { childrenOf } from '../children.loader.js';
import { BackupRun } from '../log/backup-run.entity.js';
import { ProcessingAgreement } from './processing-agreement.entity.js';
import { ServiceStatus } from './service-status.entity.js';

/** What is of the whole school is of no unit: nothing of it passes OWN_UNIT (3.4b). */
const ofSchool = (ctx: Context): boolean => !ctx.predicates('ADMINISTRATION').includes('OWN_UNIT');
const backupsOf = childrenOf(BackupRun, 'office', { startedAt: 'desc' });

@Resolver(() => ServiceStatus)
export class ServiceStatusResolver {
  @Privacy('ADMINISTRATION')
  @Query(() => [ServiceStatus], {
    nullable: true,
    description: 'How the parts of the platform answer, and their backups (G6.5, G19.2).',
  })
  async serviceStatus(@Ctx() ctx: Context): Promise<ServiceStatus[]> {
    return ofSchool(ctx) ? ctx.em.find(ServiceStatus, {}, { orderBy: { component: 'asc' } }) : [];
  }

  @FieldResolver(() => [BackupRun], { nullable: true, description: 'The latest first (F-06).' })
  backups(@Root() status: ServiceStatus, @Ctx() ctx: Context): Promise<BackupRun[]> {
    return backupsOf(ctx).load(status.component);
  }
}

@Resolver(() => ProcessingAgreement)
export class ProcessingAgreementResolver {
  @Privacy('ADMINISTRATION')
  @Query(() => [ProcessingAgreement], {
    nullable: true,
    description: 'Contracts with those who process on behalf of the school (G16).',
  })
  async processingAgreements(@Ctx() ctx: Context): Promise<ProcessingAgreement[]> {
    if (!ofSchool(ctx)) return [];
    return ctx.em.find(ProcessingAgreement, {}, { orderBy: { agreementNo: 'asc' } });
  }
}
