import type { Context } from '@chengxin/kit/call/context';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { IntegrityCheck } from './integrity-check.entity.js';
import { ResearchProject } from './research-project.entity.js';
import { integrityChecksOf, retentionFactsOf } from './research.loader.js';
import { RetentionFact } from './retention-fact.entity.js';

@Resolver(() => ResearchProject)
export class ResearchProjectResolver {
  /**
   * Note 21: a college sees its own members. The selected student is one; the others are left out.
   */
  @FieldResolver(() => [ID], { nullable: true, description: 'Subjects of the members.' })
  members(@Root() project: ResearchProject, @Ctx() ctx: Context): string[] {
    const { studentNo, members } = project;
    const isMasked = ctx.effect(['RESEARCH_RECORDS'], studentNo) === 'MASK';
    return isMasked ? members.filter((member) => member === studentNo) : members;
  }

  @FieldResolver(() => [IntegrityCheck], {
    nullable: true,
    description: 'Integrity reviews of the project (Z5.4.1).',
  })
  async integrityChecks(
    @Root() { projectNo, studentNo }: ResearchProject,
    @Ctx() ctx: Context,
  ): Promise<IntegrityCheck[]> {
    const checks = await integrityChecksOf(ctx).load(studentNo);
    return checks.filter((check) => check.projectNo === projectNo);
  }

  @FieldResolver(() => [RetentionFact], {
    nullable: true,
    description: 'Where the material of the project is kept (Z5.4.2).',
  })
  async retentionFacts(
    @Root() { projectNo, studentNo }: ResearchProject,
    @Ctx() ctx: Context,
  ): Promise<RetentionFact[]> {
    const facts = await retentionFactsOf(ctx).load(studentNo);
    return facts.filter((fact) => fact.projectNo === projectNo);
  }
}
