import type { Context } from '@chengxin/kit/call/context';
import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { openStudent } from '../student/student.loader.js';
import { Assignment, openAssignments } from './assignment.loader.js';
import { readActor } from './actor.loader.js';

@ObjectType({ description: 'The caller.' })
@Inherit()
export class Person {
  @Field(() => ID, { description: 'Staff number, student number or service name.' })
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

@ObjectType({ description: 'A role that the caller holds, and where.' })
@Inherit()
export class HeldRole {
  @Field(() => String)
  role!: string;

  @Field(() => [ID])
  orgCodes!: string[];
}

@ObjectType({ description: 'The caller: person, roles, and the own student record.' })
@Privacy('AUTHENTICATED')
export class Me {
  @Field(() => Person, { nullable: true })
  person!: Person;

  @Field(() => [HeldRole], { nullable: true, description: 'One of them goes into x-role.' })
  roles!: HeldRole[];
}

@Resolver(() => Me)
export class MeResolver {
  @Privacy('AUTHENTICATED')
  @Query(() => Me, { nullable: true, description: 'The caller, and what he may be.' })
  async me(@Ctx() ctx: Context): Promise<Me> {
    const { subject } = ctx.identity;
    const actor = await readActor(ctx.em, { subject });
    const now = ctx.now.getTime();
    const active = actor.grants.filter(
      ({ validFrom, validTo }) =>
        Date.parse(validFrom) <= now && (!validTo || Date.parse(validTo) > now),
    );
    const byRole = Map.groupBy(active, ({ role }) => role);
    const own = actor.studentNo ? ['STU_SELF'] : actor.isStaff ? ['STAFF_SELF'] : [];
    return {
      person: { id: subject, name: actor.name ?? null },
      roles: [
        ...own.map((role) => ({ role, orgCodes: [] })),
        ...[...byRole].map(([role, held]) => ({
          role,
          orgCodes: held.map(({ orgCode }) => orgCode),
        })),
      ],
    };
  }

  @FieldResolver(() => [Assignment], {
    nullable: true,
    description: 'Open cases in which the caller evaluates; selected without naming one (G21).',
  })
  assignments(@Ctx() ctx: Context): Promise<Assignment[]> {
    return openAssignments(ctx);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'The own record, for students.' })
  async student(@Ctx() ctx: Context): Promise<Student | null> {
    const { studentNo } = ctx.identity;
    return studentNo ? openStudent(ctx, studentNo) : null;
  }
}
