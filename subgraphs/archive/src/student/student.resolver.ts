import type { Context } from '@chengxin/kit/call/context';
import type { GraphQLResolveInfo } from 'graphql';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { familyName, firstAndLast, last4, yearOf } from '@chengxin/kit/privacy/masks';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { equalClauses } from '@chengxin/kit/read/roster';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  InputType,
  Int,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { decideStudents, listClause } from '../access/decision.js';
import { sealedDecision } from '../access/sealed-decision.js';
import { openIdNumber } from './id-number.js';
import { EnrolmentStatus, Student } from './student.entity.js';
import { openStudent } from './student.loader.js';

const StudentConnection = connectionOf('Student', () => Student);

enum StudentOrder {
  STUDENT_NO = 'STUDENT_NO',
  CLASS = 'CLASS',
  NAME = 'NAME',
}
registerEnumType(StudentOrder, {
  name: 'StudentOrder',
  description: 'Order of a list of students.',
});
const ORDERS = {
  [StudentOrder.STUDENT_NO]: [['studentNo', 'asc']],
  [StudentOrder.CLASS]: [
    ['classCode', 'asc'],
    ['studentNo', 'asc'],
  ],
  [StudentOrder.NAME]: [
    ['name', 'asc'],
    ['studentNo', 'asc'],
  ],
} as const;

/** Fields of group IDENTITY alone: what may not be seen may not be filtered by (DOMAIN 3.7(1)). */
@InputType()
class StudentFilter {
  @Reads('Student.name')
  @Field(() => String, { nullable: true })
  name?: string;

  @Reads('Student.college')
  @Field(() => String, { nullable: true })
  college?: string;

  @Reads('Student.classCode')
  @Field(() => String, { nullable: true })
  classCode?: string;

  @Reads('Student.majorCode')
  @Field(() => String, { nullable: true })
  majorCode?: string;

  @Reads('Student.cohort')
  @Field(() => Int, { nullable: true })
  cohort?: number;

  @Reads('Student.enrolmentStatus')
  @Field(() => EnrolmentStatus, { nullable: true })
  enrolmentStatus?: EnrolmentStatus;
}
const FILTER_FIELDS = ['name', 'college', 'classCode', 'majorCode', 'cohort', 'enrolmentStatus'];

@Resolver(() => Student)
export class StudentResolver {
  @Reads({ studentNo: 'Student.studentNo' })
  @Privacy('IDENTITY')
  @Query(() => Student, { nullable: true, description: 'One student; NOT_FOUND out of scope.' })
  student(@Arg('studentNo', () => ID) studentNo: string, @Ctx() ctx: Context): Promise<Student> {
    return openStudent(ctx, studentNo);
  }

  @Reads({ order: orderReads('Student', ORDERS) })
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
    const where = [await listClause(ctx), ...equalClauses(filter, FILTER_FIELDS)];
    const list = { name: 'students', entity: Student, where, filter, order: ORDERS[order] };
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
