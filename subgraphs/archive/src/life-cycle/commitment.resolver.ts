import type { Context } from '@chengxin/kit/call/context';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { cell } from '@chengxin/kit/privacy/matrix';
import { Day } from '@chengxin/kit/schema/scalars';
import { Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { matterOfficeOf } from '../org/own-office.js';
import { Student } from '../student/student.entity.js';
import { CheckResult, CommitmentCheck } from './commitment-check.entity.js';
import { CommitmentMatter, CommitmentState } from './commitment-matter.js';
import { CommitmentTemplate } from './commitment-template.entity.js';
import { Commitment } from './commitment.entity.js';
import { checksOf, commitmentsOf, commitmentTemplates } from './commitment.loader.js';
import { shownState, type OpenBreaches } from './commitment.rules.js';

/**
 * Whether an unproven breach in a matter of an office is open to the caller (OWN_MATTER, note 10).
 */
function isBreachOpen(ctx: Context, studentNo: string, office: string): boolean {
  if (!ctx.opens('PENDING_CONDUCT', studentNo)) return false;
  const isBound = ctx.predicates('PENDING_CONDUCT', studentNo).includes('OWN_MATTER');
  return !isBound || matterOfficeOf(ctx.identity.role) === office;
}

const openBreaches = (ctx: Context, { studentNo, ownerOffice }: Commitment): OpenBreaches => ({
  pending: isBreachOpen(ctx, studentNo, ownerOffice),
  closed: ctx.opens('CLOSED_CONDUCT', studentNo),
});

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
  state(@Root() commitment: Commitment, @Ctx() ctx: Context): CommitmentState {
    return shownState(commitment.state, openBreaches(ctx, commitment));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Grows with each change; for those alone who see each (DOMAIN 3.7(15)).',
  })
  version(@Root() commitment: Commitment, @Ctx() ctx: Context): number | null {
    const { pending, closed } = openBreaches(ctx, commitment);
    return pending && closed ? commitment.version : null;
  }

  @FieldResolver(() => [CommitmentCheck], {
    nullable: true,
    description: 'Checks of the promise, the latest first (Z5.2.2).',
  })
  async checks(@Root() commitment: Commitment, @Ctx() ctx: Context): Promise<CommitmentCheck[]> {
    const checks = await checksOf(ctx).load(commitment.studentNo);
    return checks.filter(({ commitmentId }) => commitmentId === commitment.id);
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
