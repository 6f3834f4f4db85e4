import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { studentByNo } from '../student/student.loader.js';
import { FieldAccess } from '../access/field-access.js';
import { pastInstant } from './past-instant.js';
import { Instant } from '@chengxin/kit/schema/scalars';
import { fieldAccessOf } from '../access/field-access.rules.js';

@Resolver()
export class FieldAccessResolver {
  /** Which groups of a student the role and relation open. Source: DOMAIN 2.7, 3.1. */
  @Reads({ studentNo: 'Student.studentNo', purpose: NO_FIELD, at: NO_FIELD })
  @Privacy('IDENTITY')
  @Query(() => [FieldAccess], {
    nullable: true,
    description:
      'Which groups of a student the role and relation open, never from rows; NOT_FOUND out of scope.',
  })
  async fieldAccess(
    @Arg('studentNo', () => ID) studentNo: string,
    @Arg('purpose', () => String, {
      nullable: true,
      description: 'A purpose of the role; by default that of the request.',
    })
    purpose: string | undefined,
    @Arg('at', () => Instant, {
      nullable: true,
      description: 'Past instant at which `readers` are requested; now, when nothing is said.',
    })
    at: string | undefined,
    @Ctx() ctx: Context,
  ): Promise<FieldAccess[]> {
    // Before anything else: out of scope and not there are one answer, by the same statements.
    await studentByNo(ctx).load(studentNo);
    const { role } = ctx.identity;
    const open = purposesOf(role).map(({ name }) => name);
    const chosen = purpose ?? ctx.identity.purpose;
    if (!open.includes(chosen)) throw fault('PURPOSE_REQUIRED', `purpose: ${open.join(', ')}.`);
    return fieldAccessOf(role, chosen, { studentNo, at: pastInstant(at, ctx.now) });
  }
}
