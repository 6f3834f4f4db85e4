import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { GROUPS, isAboutStudent, isGroup, type Group } from '@chengxin/kit/privacy/groups';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { FieldAccess } from '../access/field-access.js';
import { RELATIONS } from '../access/relation.rules.js';
import { openStudent } from '../student/student.loader.js';
import { GroupReader } from './group-reader.js';
import { pastInstant } from './past-instant.js';
import { readersOf } from './readers.rules.js';
import { readingFacts } from './reading-facts.loader.js';

/** @throws VALIDATION for a word that names no group of a student. */
function groupNamed(name: string): Group {
  if (isGroup(name) && isAboutStudent(name)) return name;
  const known = GROUPS.filter(isAboutStudent).join(', ');
  throw fault('VALIDATION', `group: 没有此类学生信息。 It is one of ${known}.`);
}

async function readers(ctx: Context, group: Group, studentNo: string, at?: Date) {
  const isSelf = RELATIONS[ctx.identity.role] === 'SELF';
  return readersOf(group, studentNo, await readingFacts(ctx, studentNo, at), isSelf);
}

@Resolver(() => FieldAccess)
export class VisibilityResolver {
  /** Who can read a group of the caller himself, or in an audit of a student. Source: G20.2, PIPL 44. */
  @Reads({ group: NO_FIELD, studentNo: 'Student.studentNo', at: NO_FIELD })
  @Privacy(['IDENTITY', 'ACCESS_LOG', 'CONSENTS'])
  @Query(() => [GroupReader], {
    nullable: true,
    description:
      'Which roles can read a group of the caller, or in an audit of one student, why, and how many people can.',
  })
  async whoCanSee(
    @Arg('group', () => ID, { description: 'Privacy group (3.2): TUITION, …' }) name: string,
    @Arg('studentNo', () => ID, { nullable: true, description: 'The caller, when not said.' })
    named: string | undefined,
    @Arg('at', () => Instant, { nullable: true, description: 'A past instant; else now.' })
    at: string | undefined,
    @Ctx() ctx: Context,
  ): Promise<GroupReader[]> {
    const group = groupNamed(name);
    const of = named ?? ctx.identity.studentNo;
    if (of === undefined) throw fault('VALIDATION', 'studentNo: 请填写学号。 Name a student.');
    const { studentNo } = await openStudent(ctx, of);
    return readers(ctx, group, studentNo, pastInstant(at, ctx.now));
  }

  @Privacy(['ACCESS_LOG', 'CONSENTS'])
  @FieldResolver(() => [GroupReader], {
    nullable: true,
    description: 'Who can read the group, or could at the past instant that `at` names.',
  })
  async readers(
    @Root() { group, studentNo, at }: FieldAccess,
    @Ctx() ctx: Context,
  ): Promise<GroupReader[]> {
    return isAboutStudent(group) ? readers(ctx, group, studentNo, at) : [];
  }
}
