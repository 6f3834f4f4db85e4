import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Evidence } from '@chengxin/kit/schema/fact';
import type { Group, Policy } from '@chengxin/kit/privacy/groups';
import { Privacy } from '@chengxin/kit/schema/guard';
import { refusalOf, extensionsOf } from '@chengxin/kit/privacy/verdict';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { openImage } from './appeal-image.js';
import { Appeal } from './appeal.entity.js';
import { appealsOf } from './appeal.loader.js';
import { readsItem, readsText } from './appeal.rules.js';
import { PROVIDER } from './provider-appeals.js';

/**
 * A field that is closed to all but the parties, whatever the cell says (DOMAIN 3.4).
 *
 * @throws FORBIDDEN_FIELD for everybody else.
 */
function forParties<T>(ctx: Context, appeal: Appeal, value: T): T {
  if (readsText(ctx.identity, appeal)) return value;
  throw closed(ctx, 'APPEALS');
}

const closed = ({ identity: { role } }: Context, group: Policy) =>
  fault('FORBIDDEN_FIELD', undefined, extensionsOf({ ...refusalOf(role, group), masked: true }));

/**
 * The corrected item, for the parties who read that item of the student too.
 *
 * @throws FORBIDDEN_FIELD for everybody else, whether there is anything or not.
 */
function imageFor(ctx: Context, appeal: Appeal, sealed: string | undefined | null): string | null {
  const { id, studentNo, targetGroups } = appeal;
  const image = forParties(ctx, appeal, sealed);
  const group = targetGroups[0] as Group;
  if (!readsItem(ctx.identity, appeal)) throw closed(ctx, group);
  if (!image) return null;
  ctx.disclosures.record(studentNo, group, 'ALLOW');
  return openImage(ctx.keyring.dataKey, id, image);
}

@Resolver(() => Appeal)
export class AppealResolver {
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The student whose appeal it is; withheld from providers (note 6).',
  })
  studentNo(@Root() { studentNo }: Appeal, @Ctx() ctx: Context): string {
    if (ctx.identity.role === PROVIDER) throw closed(ctx, 'APPEALS');
    return studentNo;
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Number of the appeal.' })
  appealId(@Root() appeal: Appeal): string {
    return appeal.id;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Office, noun and number of it.' })
  targetRef(@Root() appeal: Appeal, @Ctx() ctx: Context): string {
    const { targetSubgraph, targetTypename, targetId } = appeal;
    return forParties(ctx, appeal, `${targetSubgraph}:${targetTypename}:${targetId}`);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Privacy group of the target.' })
  targetGroup(@Root() appeal: Appeal, @Ctx() ctx: Context): string | undefined {
    return forParties(ctx, appeal, appeal.targetGroups[0]);
  }

  @FieldResolver(() => String, { nullable: true })
  grounds(@Root() appeal: Appeal, @Ctx() ctx: Context): string {
    return forParties(ctx, appeal, appeal.grounds);
  }

  @FieldResolver(() => [Evidence], { nullable: true })
  evidence(@Root() appeal: Appeal, @Ctx() ctx: Context): Evidence[] {
    return forParties(ctx, appeal, appeal.evidence);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it was decided so (G14.2).' })
  decisionText(@Root() appeal: Appeal, @Ctx() ctx: Context): string | null | undefined {
    return forParties(ctx, appeal, appeal.decisionText);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What the office that owns the fact says to it (G14.2).',
  })
  officeAnswer(@Root() appeal: Appeal, @Ctx() ctx: Context): string | null | undefined {
    return forParties(ctx, appeal, appeal.officeAnswer);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Number of the document by which the province decided.',
  })
  provincialDocNo(@Root() appeal: Appeal, @Ctx() ctx: Context): string | null | undefined {
    return forParties(ctx, appeal, appeal.provincialDocNo);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The corrected item as it was, as JSON; of an ID number with its birth date, where that changed.',
  })
  before(@Root() appeal: Appeal, @Ctx() ctx: Context): string | null {
    return imageFor(ctx, appeal, appeal.before);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The corrected item as it is since, as JSON; of an ID number as in `before`.',
  })
  after(@Root() appeal: Appeal, @Ctx() ctx: Context): string | null {
    return imageFor(ctx, appeal, appeal.after);
  }
}

@Resolver(() => Student)
export class StudentAppealResolver {
  @Privacy('APPEALS')
  @FieldResolver(() => [Appeal], {
    nullable: true,
    description: 'Appeals, the latest first; of an office, those against its own facts (G14).',
  })
  appeals(@Root() student: Student, @Ctx() ctx: Context): Promise<Appeal[]> {
    return appealsOf(ctx).load(student.studentNo);
  }
}
