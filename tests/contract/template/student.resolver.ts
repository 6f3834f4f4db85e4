import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { studentRows } from '@chengxin/kit/read/rows';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Loan } from './loan.entity.js';
import { Student } from './student.stub.js';

const loansOf = studentRows({
  entity: Loan,
  group: 'GRADES',
  predicates: {},
  orderBy: { dueOn: 'asc' },
});

@Resolver(() => Student)
export class StudentResolver {
  @Privacy('GRADES')
  @FieldResolver(() => [Loan], { nullable: true, description: 'Borrowed books.' })
  loans(@Root() student: Student, @Ctx() ctx: Context): Promise<Loan[]> {
    return loansOf(ctx).load(student.studentNo);
  }

  @Privacy('RULES')
  @Query(() => String, { nullable: true, description: 'Opening hours.' })
  libraryHours(): string {
    return '08:00–22:00';
  }
}
