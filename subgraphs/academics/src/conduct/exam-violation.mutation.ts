import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { onRoster } from '@chengxin/kit/change/on-roster';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { publishFinding } from '@chengxin/kit/feed/finding';
import { regroupNotice, requestNotice, withdrawNotice } from '@chengxin/kit/feed/notice';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { ExamType, ExamViolation } from './exam-violation.entity.js';
import { groupsOfViolation } from './exam-violation.loader.js';
import { examViolation } from './exam-violation.noun.js';
import { dismissedViolation, foundViolation, proposedViolation } from './exam-violation.rules.js';
import { EXAM_FINDINGS } from './finding.publish.js';

@ArgsType()
class ExamViolationArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student whom it is about.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Number in the books of academic affairs.' })
  violationNo!: string;

  @Field(() => ExamType, { description: 'Who held the exam.' })
  examType!: ExamType;

  @Field(() => String, { description: 'Code of the act in the national list.' })
  actCode!: string;

  @Field(() => String, { description: 'D1-04 or D1-05.' })
  indicatorCode!: string;

  @Field(() => String, { description: 'S1 or S2 of D1-04, S3 or S4 of D1-05.' })
  severity!: string;

  @Field(() => String, { description: 'Session of the exam.' })
  session!: string;

  @Field(() => Day, { description: 'Day of the act.' })
  occurredOn!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Numbers of the documents that prove it, as far as there are any yet.',
  })
  evidenceDocNos?: string[];
}

@ArgsType()
class ApproveExamViolationArgs extends RowArgs {
  @Field(() => String, { nullable: true, description: 'Body that found it; AAO when not given.' })
  findingBody?: string;

  @Field(() => String, { description: 'Number of the decision.' })
  decisionDocNo!: string;

  @Field(() => Day, { description: 'Day of the decision.' })
  decidedOn!: string;

  @Field(() => [String], { nullable: true, description: 'Further documents that prove it.' })
  evidenceDocNos?: string[];
}

const student = onRoster();
const notify = requestNotice(examViolation, 'FINDING', groupsOfViolation);
const regroup = regroupNotice(examViolation, groupsOfViolation);
const withdraw = withdrawNotice(examViolation);
const publish = publishFinding(examViolation, EXAM_FINDINGS);

/** Breaches of exam discipline and cheating (考试违纪、作弊). Source: G6.2, L-07, L-22, DOMAIN 3.8. */
@Resolver(() => ExamViolation)
export class ExamViolationMutation {
  @Changes('examViolation.propose', examViolation, 'Propose an exam violation of a student.')
  proposeExamViolation(
    @Args(() => ExamViolationArgs) args: ExamViolationArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: student, id: args.studentNo };
    const step = proposedViolation(args);
    return open(ctx, 'examViolation.propose', examViolation, on, args, step, notify);
  }

  @Changes('examViolation.approve', examViolation, 'Find an exam violation, after its notice.')
  approveExamViolation(
    @Args(() => ApproveExamViolationArgs) args: ApproveExamViolationArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const after = async (row: ExamViolation, act: Act) => {
      await regroup(row, act);
      await publish(row, act);
    };
    const step = foundViolation(args);
    return change(ctx, 'examViolation.approve', examViolation, args, step, after);
  }

  @Changes('examViolation.dismiss', examViolation, 'Dismiss an exam violation that is not found.')
  dismissExamViolation(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const after = async (row: ExamViolation, act: Act) => {
      await withdraw(row, act);
      await regroup(row, act);
    };
    return change(ctx, 'examViolation.dismiss', examViolation, args, dismissedViolation, after);
  }
}
