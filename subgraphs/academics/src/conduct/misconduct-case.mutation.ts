import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { publishFinding } from '@chengxin/kit/feed/finding';
import { regroupNotice, requestNotice } from '@chengxin/kit/feed/notice';
import type { Roster } from '@chengxin/kit/read/roster';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { projectsOf } from '../research/research.loader.js';
import { MISCONDUCT_FINDINGS } from './finding.publish.js';
import { MisconductCase, MisconductOutcome } from './misconduct-case.entity.js';
import { groupsOfCase } from './misconduct-case.loader.js';
import { misconductCase } from './misconduct-case.noun.js';
import {
  decidedCase,
  finalCase,
  formal,
  inquired,
  preliminary,
  reportedCase,
} from './misconduct-case.rules.js';
import { studentOfCase } from './research-person.loader.js';

@ArgsType()
class ReportMisconductArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student whom it is about.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Number of the case, by the office.' })
  caseNo!: string;

  @Field(() => String, { description: 'D1-01, D1-02, D1-03, D1-07, D1-08 or D1-09.' })
  indicatorCode!: string;

  @Field(() => Day, { description: 'Day of the act.' })
  occurredOn!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Research project that it is about: one of the student’s.',
  })
  projectNo?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Numbers of the documents that prove it, as far as there are any yet.',
  })
  evidenceDocNos?: string[];
}

@ArgsType()
class InvestigateArgs extends RowArgs {
  @Field(() => String, { description: 'The committee that inquires.' })
  committee!: string;
}

@ArgsType()
class FindMisconductArgs extends RowArgs {
  @Field(() => MisconductOutcome, { description: 'What the inquiry came to.' })
  outcome!: MisconductOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'S1 to S4, within the range of the code; of what is found.',
  })
  severity?: string;

  @Field(() => [String], { nullable: true, description: 'Further documents that prove it.' })
  evidenceDocNos?: string[];
}

@ArgsType()
class DecideMisconductArgs extends RowArgs {
  @Field(() => String, { nullable: true, description: 'Body that decided; AAO when not given.' })
  findingBody?: string;

  @Field(() => String, { description: 'Number of the decision.' })
  decisionDocNo!: string;

  @Field(() => Day, { description: 'Day of the decision.' })
  decidedOn!: string;
}

const notify = requestNotice(misconductCase, 'MISCONDUCT', groupsOfCase);
const regroup = regroupNotice(misconductCase, groupsOfCase);
const publish = publishFinding(misconductCase, MISCONDUCT_FINDINGS);

/** Cases of academic misconduct (学术不端). Source: Z5.4.4, L-07, L-21, DOMAIN 2.4, 3.8. */
@Resolver(() => MisconductCase)
export class MisconductCaseMutation {
  @Changes('misconduct.report', misconductCase, 'Report academic misconduct of a student.')
  reportMisconduct(
    @Args(() => ReportMisconductArgs) args: ReportMisconductArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: studentOfCase, id: args.studentNo };
    const step = async ({ studentNo }: Roster, act: Act) => {
      const projects = args.projectNo ? await projectsOf(ctx).load(studentNo) : [];
      return reportedCase(args)(new Set(projects.map(({ projectNo }) => projectNo)), act);
    };
    return open(ctx, 'misconduct.report', misconductCase, on, args, step);
  }

  @Changes('misconduct.startPreliminary', misconductCase, 'Take up a reported case.')
  startPreliminaryInquiry(
    @Args(() => RowArgs) args: RowArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'misconduct.startPreliminary', misconductCase, args, preliminary);
  }

  @Changes(
    'misconduct.startInvestigation',
    misconductCase,
    'Start the formal inquiry of a committee; the student is notified of it.',
  )
  startFormalInvestigation(
    @Args(() => InvestigateArgs) args: InvestigateArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = formal(args.committee);
    return change(ctx, 'misconduct.startInvestigation', misconductCase, args, step, notify);
  }

  @Changes('misconduct.find', misconductCase, 'Find misconduct or not, after the notice.')
  findMisconduct(
    @Args(() => FindMisconductArgs) args: FindMisconductArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'misconduct.find', misconductCase, args, inquired(args), regroup);
  }

  @Changes('misconduct.decide', misconductCase, 'Decide on misconduct that was found.')
  decideMisconduct(
    @Args(() => DecideMisconductArgs) args: DecideMisconductArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'misconduct.decide', misconductCase, args, decidedCase(args));
  }

  @Changes('misconduct.record', misconductCase, 'Record that a decision is final.')
  recordMisconductDecision(
    @Args(() => RowArgs) args: RowArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const after = async (row: MisconductCase, act: Act) => {
      await regroup(row, act);
      await publish(row, act);
    };
    return change(ctx, 'misconduct.record', misconductCase, args, finalCase, after);
  }
}
