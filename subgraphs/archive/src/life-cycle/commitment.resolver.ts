import type { Context } from '@chengxin/kit/call/context';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { cell } from '@chengxin/kit/privacy/matrix';
import { Day } from '@chengxin/kit/schema/scalars';
import { Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { matterOfficeOf, officeOf } from '../org/own-office.js';
import { Student } from '../student/student.entity.js';
import { CommitmentBreach } from './commitment-breach.entity.js';
import { CheckResult, CommitmentCheck } from './commitment-check.entity.js';
import { CommitmentMatter, CommitmentState } from './commitment-matter.js';
import { CommitmentTemplate } from './commitment-template.entity.js';
import { Commitment } from './commitment.entity.js';
import { breachesOf, checksOf, commitmentsOf, commitmentTemplates } from './commitment.loader.js';
import { shownState, shownVersion, type VersionReader } from './commitment.rules.js';

/**
 * Whether an unproven breach in a matter of an office is open to the caller (OWN_MATTER, note 10).
 */
function isBreachOpen(ctx: Context, studentNo: string, office: string): boolean {
  if (!ctx.opens('PENDING_CONDUCT', studentNo)) return false;
  const isBound = ctx.predicates('PENDING_CONDUCT', studentNo).includes('OWN_MATTER');
  return !isBound || matterOfficeOf(ctx.identity.role) === office;
}

/** What the caller sees of what was reported of a promise. */
async function breachOf(
  ctx: Context,
  { id, studentNo }: Commitment,
): Promise<CommitmentBreach | undefined> {
  const breaches = await breachesOf(ctx).load(studentNo);
  return breaches.find(({ commitmentId }) => commitmentId === id);
}

/** Whether a breach is reported of which a student was not notified yet (note 29). */
async function isBeforeNotice(ctx: Context, commitment: Commitment): Promise<boolean> {
  const { studentNo, state } = commitment;
  if (state !== CommitmentState.BREACH_REPORTED) return false;
  if (!ctx.predicates('PENDING_CONDUCT', studentNo).includes('FROM_NOTIFIED')) return false;
  return !(await breachOf(ctx, commitment));
}

async function readerOf(ctx: Context, commitment: Commitment): Promise<VersionReader> {
  const { studentNo, ownerOffice } = commitment;
  const isHidden = await isBeforeNotice(ctx, commitment);
  return {
    pending: !isHidden && isBreachOpen(ctx, studentNo, ownerOffice),
    closed: ctx.opens('CLOSED_CONDUCT', studentNo),
    acts: officeOf(ctx.identity.role) === ownerOffice,
    isBeforeNotice: isHidden,
  };
}

@Resolver(() => Commitment)
export class CommitmentResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'Who promised.' })
  subject(@Root() commitment: Commitment): string {
    return commitment.studentNo;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What it was signed for; for aid with LOANS_AND_AID in whole alone.',
  })
  businessRef(@Root() { matter, businessRef }: Commitment, @Ctx() ctx: Context) {
    const isOpen =
      matter !== CommitmentMatter.AID ||
      cell(ctx.identity.role, 'LOANS_AND_AID').effect === 'ALLOW';
    return isOpen ? businessRef : null;
  }

  @FieldResolver(() => CommitmentState, { nullable: true })
  async state(@Root() commitment: Commitment, @Ctx() ctx: Context): Promise<CommitmentState> {
    return shownState(commitment.state, await readerOf(ctx, commitment));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Grows with each change; for those alone who see each (DOMAIN 3.7(15)).',
  })
  async version(@Root() commitment: Commitment, @Ctx() ctx: Context): Promise<number | null> {
    return shownVersion(commitment, await readerOf(ctx, commitment));
  }

  @FieldResolver(() => [CommitmentCheck], {
    nullable: true,
    description: 'Checks of the promise, the latest first (Z5.2.2).',
  })
  async checks(@Root() commitment: Commitment, @Ctx() ctx: Context): Promise<CommitmentCheck[]> {
    const checks = await checksOf(ctx).load(commitment.studentNo);
    return checks.filter(({ commitmentId }) => commitmentId === commitment.id);
  }

  @Also('PENDING_CONDUCT')
  @FieldResolver(() => CommitmentBreach, {
    nullable: true,
    description: 'What the office reported as a breach, and what became of it (Z5.2.4).',
  })
  async breach(@Root() commitment: Commitment, @Ctx() ctx: Context) {
    return (await breachOf(ctx, commitment)) ?? null;
  }
}

@Resolver(() => CommitmentCheck)
export class CommitmentCheckResolver {
  @Also('PENDING_CONDUCT')
  @FieldResolver(() => CheckResult, { nullable: true })
  result(@Root() check: CommitmentCheck, @Ctx() ctx: Context): CheckResult | null {
    return isBreachOpen(ctx, check.studentNo, check.checkedBy) ? check.result : null;
  }

  @Also('PENDING_CONDUCT')
  @FieldResolver(() => String, { nullable: true })
  note(@Root() check: CommitmentCheck, @Ctx() ctx: Context): string | null | undefined {
    return isBreachOpen(ctx, check.studentNo, check.checkedBy) ? check.note : null;
  }

  @Also('PENDING_CONDUCT')
  @FieldResolver(() => Day, { nullable: true, description: 'Day by which it is to be mended.' })
  rectifyBy(@Root() check: CommitmentCheck, @Ctx() ctx: Context): string | null | undefined {
    return isBreachOpen(ctx, check.studentNo, check.checkedBy) ? check.rectifyBy : null;
  }
}

@Resolver(() => CommitmentTemplate)
export class CommitmentTemplateResolver {
  @Privacy('RULES')
  @Query(() => [CommitmentTemplate], {
    nullable: true,
    description: 'Texts of promises by matter, the latest first; drafts for their office alone.',
  })
  commitmentTemplates(@Ctx() ctx: Context): Promise<CommitmentTemplate[]> {
    return commitmentTemplates(ctx);
  }
}

@Resolver(() => Student)
export class StudentCommitmentResolver {
  @Privacy('COMMITMENTS')
  @FieldResolver(() => [Commitment], {
    nullable: true,
    description: 'Signed promises by matter (G8.1); of an office, those of its own matters.',
  })
  commitments(@Root() student: Student, @Ctx() ctx: Context): Promise<Commitment[]> {
    return commitmentsOf(ctx).load(student.studentNo);
  }
}
