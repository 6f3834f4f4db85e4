import type { Context } from '@chengxin/kit/call/context';
import type { GraphQLResolveInfo } from 'graphql';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { familyName, firstAndLast, last4, yearOf } from '@chengxin/kit/privacy/masks';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { decideStudents, listClause } from '../access/decision.js';
import { sealedDecision } from '../access/sealed-decision.js';
import { openIdNumber } from './id-number.js';
import { Student } from './student.entity.js';
import { StudentFilter, StudentOrder, STUDENT_ORDERS, studentClauses } from './student-list.js';
import { openStudent } from './student.loader.js';

const StudentConnection = connectionOf('Student', () => Student);

@Resolver(() => Student)
export class StudentResolver {
  @Reads({ studentNo: 'Student.studentNo' })
  @Privacy('IDENTITY')
  @Query(() => Student, { nullable: true, description: 'One student; NOT_FOUND out of scope.' })
  student(@Arg('studentNo', () => ID) studentNo: string, @Ctx() ctx: Context): Promise<Student> {
    return openStudent(ctx, studentNo);
  }

  @Reads({ order: orderReads('Student', STUDENT_ORDERS) })
  @Privacy('IDENTITY')
  @Query(() => StudentConnection, {
    nullable: true,
    description: 'Students in the scope of the caller; an evaluator sees those of his case.',
  })
  async students(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => StudentFilter, { nullable: true }) filter: StudentFilter | undefined,
    @Arg('order', () => StudentOrder, { defaultValue: StudentOrder.STUDENT_NO })
    order: StudentOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<Student>> {
    const where = [await listClause(ctx), ...studentClauses(filter)];
    const list = { name: 'students', entity: Student, where, filter, order: STUDENT_ORDERS[order] };
    const connection = await page(ctx, list, args);
    const visible = new Set(await decideStudents(ctx, connection.nodes));
    ctx.disclosures.listed([...visible].map(({ studentNo }) => studentNo));
    return {
      ...connection,
      edges: connection.edges.filter(({ node }) => visible.has(node)),
      nodes: connection.nodes.filter((node) => visible.has(node)),
    };
  }

  @FieldResolver()
  access(
    @Root() { studentNo }: Student,
    @Ctx() ctx: Context,
    @Info() { path }: GraphQLResolveInfo,
  ): string | null {
    return sealedDecision(ctx, studentNo, path.prev);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Family name and *.' })
  nameMasked(@Root() student: Student): string {
    return familyName(student.name);
  }

  @Privacy('SENSITIVE_IDENTITY')
  @FieldResolver(() => String, { nullable: true, description: 'Number of the identity document.' })
  idNumber(@Root() student: Student, @Ctx() ctx: Context): string {
    return openIdNumber(ctx.keyring.dataKey, student.studentNo, student.sealedIdNumber);
  }

  @Privacy('SENSITIVE_IDENTITY')
  @FieldResolver(() => String, { nullable: true, description: 'First and last character.' })
  idNumberMasked(@Root() student: Student, @Ctx() ctx: Context): string {
    return firstAndLast(this.idNumber(student, ctx));
  }

  @Privacy('SENSITIVE_IDENTITY')
  @FieldResolver(() => String, { nullable: true, description: 'Last four digits.' })
  phoneMasked(@Root() student: Student): string | null {
    return student.phone ? last4(student.phone) : null;
  }

  @Privacy('SENSITIVE_IDENTITY')
  @FieldResolver(() => String, { nullable: true, description: 'Year of birth.' })
  birthDateMasked(@Root() student: Student): string {
    return yearOf(student.birthDate);
  }
}
