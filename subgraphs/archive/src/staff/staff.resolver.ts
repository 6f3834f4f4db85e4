import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { equalClauses } from '@chengxin/kit/read/roster';
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
import { Org } from '../org/org.entity.js';
import { orgByCode } from '../org/org.loader.js';
import { AdminGrant } from './admin-grant.entity.js';
import { EthicsEvaluation } from './ethics-evaluation.entity.js';
import { EthicsFinding } from './ethics-finding.entity.js';
import { Staff } from './staff.entity.js';
import {
  evaluationsOf,
  findingsOf,
  grantsOf,
  staffClauses,
  teacherArchiveOf,
} from './staff.loader.js';
import { TeacherArchive } from './teacher-archive.entity.js';

const StaffConnection = connectionOf('Staff', () => Staff);
/** By name: the number is not open to everybody who may list staff (note 34). */
const ORDER = [
  ['name', 'asc'],
  ['staffNo', 'asc'],
] as const;

/** Fields that are open to everybody who may list staff (DOMAIN 3.7(1)). */
@InputType()
class StaffFilter {
  @Reads('Staff.name')
  @Field(() => String, { nullable: true })
  name?: string;

  @Reads('Staff.org')
  @Field(() => ID, { nullable: true })
  orgCode?: string;
}

@Resolver(() => Staff)
export class StaffResolver {
  @Privacy('STAFF_IDENTITY')
  @Query(() => StaffConnection, {
    nullable: true,
    description: 'Staff whom the caller may know of: a college its own, a person himself (G17).',
  })
  async staff(
    @Arg('filter', () => StaffFilter, { nullable: true }) filter: StaffFilter | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Staff>> {
    const own = await staffClauses(ctx, 'STAFF_IDENTITY');
    const where = [...own, ...equalClauses(filter, ['name', 'orgCode'])];
    return page(ctx, { name: 'staff', entity: Staff, where, filter, order: ORDER }, args);
  }

  /** A teacher with the ethics archive; NOT_FOUND for who has none, and for others than oneself. */
  @Reads({ staffNo: NO_FIELD })
  @Privacy('TEACHER_ARCHIVE')
  @Query(() => Staff, { nullable: true, description: 'One teacher and his archive (Z5.3.1).' })
  async teacher(
    @Arg('staffNo', () => ID) staffNo: string,
    @Ctx() ctx: Context,
  ): Promise<Staff | null> {
    const where = [{ staffNo }, ...(await staffClauses(ctx, 'TEACHER_ARCHIVE'))];
    const teacher = await ctx.em.findOne(Staff, { $and: where }, { disableIdentityMap: true });
    const [archive] = teacher ? await teacherArchiveOf(ctx).load(staffNo) : [];
    if (!archive) throw fault('NOT_FOUND');
    return teacher;
  }

  @FieldResolver(() => Org, { nullable: true })
  async org(@Root() staff: Staff, @Ctx() ctx: Context): Promise<Org | null> {
    return staff.orgCode ? orgByCode(ctx).load(staff.orgCode) : null;
  }

  @Privacy(['ADMINISTRATION', 'STAFF_IDENTITY'])
  @FieldResolver(() => [AdminGrant], { nullable: true })
  grants(@Root() staff: Staff, @Ctx() ctx: Context): Promise<AdminGrant[]> {
    return grantsOf(ctx).load(staff.staffNo);
  }

  @Privacy('TEACHER_ARCHIVE')
  @FieldResolver(() => TeacherArchive, { nullable: true })
  async teacherArchive(@Root() staff: Staff, @Ctx() ctx: Context): Promise<TeacherArchive | null> {
    const [archive] = await teacherArchiveOf(ctx).load(staff.staffNo);
    return archive ?? null;
  }

  @Privacy('TEACHER_ARCHIVE')
  @FieldResolver(() => [EthicsEvaluation], { nullable: true })
  ethicsEvaluations(@Root() staff: Staff, @Ctx() ctx: Context): Promise<EthicsEvaluation[]> {
    return evaluationsOf(ctx).load(staff.staffNo);
  }

  @Privacy('TEACHER_ARCHIVE')
  @FieldResolver(() => [EthicsFinding], { nullable: true })
  ethicsFindings(@Root() staff: Staff, @Ctx() ctx: Context): Promise<EthicsFinding[]> {
    return findingsOf(ctx).load(staff.staffNo);
  }
}
