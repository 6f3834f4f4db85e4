import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { ModelCase } from './model-case.entity.js';
import { modelCases, modelCasesOf } from './model-case.loader.js';

const ModelCaseConnection = connectionOf('ModelCase', () => ModelCase);

@Resolver(() => ModelCase)
export class ModelCaseResolver {
  @Privacy('MODEL_CASES')
  @Query(() => ModelCaseConnection, {
    nullable: true,
    description: 'Published deeds, the latest first, while their consent is in force (Z5.3.2).',
  })
  modelCases(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<ModelCase>> {
    return modelCases(ctx, args);
  }
}

@Resolver(() => Student)
export class StudentModelCaseResolver {
  @Privacy('MODEL_CASES')
  @FieldResolver(() => [ModelCase], {
    nullable: true,
    description: "The student's published deeds, the latest first.",
  })
  modelCases(@Root() student: Student, @Ctx() ctx: Context): Promise<ModelCase[]> {
    return modelCasesOf(ctx).load(student.studentNo);
  }
}
