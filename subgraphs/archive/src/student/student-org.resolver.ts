import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OrgName } from '../org/org-name.js';
import { orgByCode } from '../org/org.loader.js';
import { Student } from './student.entity.js';

/** The codes of a student with their names, under the group of the code. */
@Resolver(() => Student)
@Privacy('IDENTITY')
export class StudentOrgResolver {
  @FieldResolver(() => OrgName, {
    nullable: true,
    description: 'The college, with its name; null for a code that no org has.',
  })
  collegeOrg(@Root() { college }: Student, @Ctx() ctx: Context): Promise<OrgName | null> {
    return orgByCode(ctx).load(college);
  }

  @FieldResolver(() => OrgName, {
    nullable: true,
    description: 'The class, with its name; null for a code that no org has.',
  })
  classOrg(@Root() { classCode }: Student, @Ctx() ctx: Context): Promise<OrgName | null> {
    return orgByCode(ctx).load(classCode);
  }

  @FieldResolver(() => OrgName, {
    nullable: true,
    description: 'The major, with its name; null for a code that no org has.',
  })
  majorOrg(@Root() { majorCode }: Student, @Ctx() ctx: Context): Promise<OrgName | null> {
    return orgByCode(ctx).load(majorCode);
  }
}
