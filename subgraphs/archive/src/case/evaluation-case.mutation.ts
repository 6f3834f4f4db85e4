import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make, open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs, SaveArgs } from '@chengxin/kit/change/payload';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { CaseResult } from './case-decision.entity.js';
import {
  assignedTo,
  confirmedBlock,
  decidedOn,
  draftedCase,
  openedCase,
  requireAllDecided,
  requireCase,
  requireSeat,
} from './case-change.rules.js';
import {
  candidateOf,
  draftFacts,
  isEvaluator,
  listStudents,
  notifyBlock,
  notifyDecided,
  ownSeat,
  undecided,
} from './case-facts.loader.js';
import { CasePurpose, CaseState, EvaluationCase } from './evaluation-case.entity.js';
import { caseAssignment, caseBlock, caseDecision, evaluationCase } from './evaluation-case.noun.js';

@ArgsType()
class DraftCaseArgs extends ChangeArgs {
  @Field(() => CasePurpose, { description: 'AWARD, PARTY, AID or EMPLOYMENT.' })
  purpose!: CasePurpose;

  @Field(() => String)
  title!: string;

  @Field(() => ID, { description: 'Unit that runs it: an own one.' })
  hostOffice!: string;

  @Field(() => [ID], { description: 'Its students, at most 500, and no others ever.' })
  studentNos!: string[];

  @Field(() => Instant)
  opensAt!: string;

  @Field(() => Instant, { description: 'End, not included; 30 days later at most.' })
  closesAt!: string;
}

@ArgsType()
class AssignmentArgs extends RowArgs {
  @Field(() => ID, { description: 'Who evaluates; never the actor.' })
  staffNo!: string;
}

@ArgsType()
class DeclareConflictArgs extends RowArgs {
  @Field(() => Boolean, {
    description: 'Whether he is related to the matter: he sees nothing then.',
  })
  conflict!: boolean;
}

@ArgsType()
class ConfirmBlockArgs extends RowArgs {
  @Field(() => ID)
  studentNo!: string;

  @Field(() => String, { description: 'Code of the block, as the dossier shows it.' })
  code!: string;
}

@ArgsType()
class DecideCandidateArgs extends SaveArgs {
  @Field(() => ID)
  studentNo!: string;

  @Field(() => CaseResult)
  result!: CaseResult;

  @Field(() => [String], {
    description: 'Codes of decisionReason, one at least, and of decisionCreditReason (T-07).',
  })
  reasonCodes!: string[];
}

/** Evaluation in cases: who evaluates whom, for what and until when. Source: G21. */
@Resolver(() => EvaluationCase)
export class EvaluationCaseMutation {
  @Changes('case.draft', evaluationCase, 'Draft a case over some students.')
  draftCase(@Args(() => DraftCaseArgs) args: DraftCaseArgs, @Ctx() ctx: Context): Promise<Payload> {
    const step = async (act: Act) => draftedCase(args, await draftFacts(ctx, args), act);
    return make(ctx, 'case.draft', evaluationCase, args, step, (row, { follow }) =>
      follow((em) => listStudents(em, row, args.studentNos)),
    );
  }

  @Changes('case.open', evaluationCase, 'Open a drafted case, as a second person.')
  openCase(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'case.open', evaluationCase, args, openedCase);
  }

  @Changes('case.cancel', evaluationCase, 'Cancel a case before it is evaluated.')
  cancelCase(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'case.cancel', evaluationCase, args, () => ({}));
  }

  @Changes(
    'case.declareConflict',
    evaluationCase,
    'Say whether one is related to the matter; one decides on nobody before.',
  )
  declareConflict(
    @Args(() => DeclareConflictArgs) { conflict, ...args }: DeclareConflictArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'case.declareConflict', evaluationCase, args, async ({ caseId }, act) => {
      const { by, now } = act;
      const seat = await act.follow((em) => ownSeat(em, caseId, by.subject));
      const said = () => ({ conflictOfInterest: conflict, declaredAt: now });
      if (seat) await act.also(caseAssignment, seat.id, said);
      return {};
    });
  }

  @Changes(
    'case.conclude',
    evaluationCase,
    'Conclude a case once all its candidates are decided on.',
  )
  concludeCase(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      'case.conclude',
      evaluationCase,
      args,
      async (row, { follow }) => {
        requireCase(row, [CaseState.IN_EVALUATION]);
        requireAllDecided(await follow((em) => undecided(em, row.caseId)));
        return {};
      },
      (row, { follow }) => follow((em, now) => notifyDecided(em, now, row)),
    );
  }

  @Changes('case.assign', evaluationCase, 'Give somebody a place in a case, until it closes.')
  assignEvaluator(
    @Args(() => AssignmentArgs) args: AssignmentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { staffNo } = args;
    return change(ctx, 'case.assign', evaluationCase, args, async (row, act) => {
      const holds = await act.follow((em, now) => isEvaluator(em, row, { staffNo, now }));
      const seat = assignedTo({ staffNo, isEvaluator: holds }, row, act);
      await act.alsoMake(caseAssignment, [seat], 'case.assign');
      return {};
    });
  }

  @Changes('case.unassign', evaluationCase, 'End somebody’s place in a case at once.')
  endAssignment(
    @Args(() => AssignmentArgs) args: AssignmentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'case.unassign', evaluationCase, args, async ({ caseId }, act) => {
      const seat = await act.follow((em) => ownSeat(em, caseId, args.staffNo));
      await act.also(caseAssignment, requireSeat(seat).id, () => ({ revokedAt: act.now }));
      return {};
    });
  }

  @Changes('case.confirmBlock', evaluationCase, 'Confirm what blocks the purpose for a candidate.')
  confirmPurposeBlock(
    @Args(() => ConfirmBlockArgs) args: ConfirmBlockArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { studentNo } = args;
    return change(ctx, 'case.confirmBlock', evaluationCase, args, async (row, act) => {
      const block = confirmedBlock(args, await candidateOf(ctx, studentNo), row, act);
      await act.alsoMake(caseBlock, [block], 'case.confirmBlock');
      await act.follow((em, now) => notifyBlock(em, now, row, studentNo));
      return {};
    });
  }

  @Changes(
    'case.decideCandidate',
    caseDecision,
    'Decide on a candidate, or anew until it is concluded.',
  )
  decideCandidate(
    @Args(() => DecideCandidateArgs) args: DecideCandidateArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { id, expectedVersion, studentNo } = args;
    const decided = async (act: Act) => decidedOn(args, await candidateOf(ctx, studentNo), act);
    if (id !== undefined && expectedVersion !== undefined) {
      const request = { ...args, id, expectedVersion };
      return change(ctx, 'case.decideCandidate', caseDecision, request, (_, act) => decided(act));
    }
    const on = { noun: evaluationCase, id: ctx.identity.caseId ?? '' };
    return open(ctx, 'case.decideCandidate', caseDecision, on, args, async (row, act) => {
      requireCase(row, [CaseState.IN_EVALUATION]);
      return { caseId: row.caseId, studentNo, ...(await decided(act)) };
    });
  }
}
