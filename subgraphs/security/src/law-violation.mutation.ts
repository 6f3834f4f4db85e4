import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { invalid } from '@chengxin/kit/change/errors';
import { onRoster } from '@chengxin/kit/change/on-roster';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { publishFinding } from '@chengxin/kit/feed/finding';
import {
  regroupNotice,
  removeNotices,
  requestNotice,
  withdrawNotice,
} from '@chengxin/kit/feed/notice';
import type { Roster } from '@chengxin/kit/read/roster';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { destroyKeys } from './destroyed-keys.js';
import { FINDINGS } from './finding.publish.js';
import {
  dismissedViolation,
  foundViolation,
  reportedViolation,
  sealedViolation,
} from './law-violation-change.rules.js';
import { LawViolation, LawViolationCategory } from './law-violation.entity.js';
import { lawViolation } from './law-violation.noun.js';
import { MAY_NOT_ENTER } from './law-violation.of-age.js';
import { groupsOfViolation } from './law-violation.rules.js';
import { notOfAge } from './of-age.js';

@ArgsType()
class ReportLawViolationArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student whose act it was.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Number in the books of the office.' })
  caseNo!: string;

  @Field(() => Day, { description: 'Day of the act.' })
  actOn!: string;

  @Field(() => LawViolationCategory, {
    description: 'Kind of decision: ADMIN_PENALTY, CRIMINAL_JUDGMENT or SCHOOL_FINDING.',
  })
  category!: LawViolationCategory;

  @Field(() => String, { description: 'Body that decided.' })
  authority!: string;

  @Field(() => String, { description: 'Clause that the decision rests on.' })
  legalBasis!: string;

  @Field(() => String, { description: 'Code of the misconduct, one of this office.' })
  indicatorCode!: string;

  @Field(() => String, { description: 'S1 to S4, within the range of the code.' })
  severity!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Numbers of the documents that prove it, as far as there are any yet.',
  })
  evidenceDocNos?: string[];
}

@ArgsType()
class ApproveLawViolationArgs extends RowArgs {
  @Field(() => String, { description: 'Number of the decision.' })
  docNo!: string;

  @Field(() => Day, { description: 'Day of the decision.' })
  foundOn!: string;

  @Field(() => [String], { nullable: true, description: 'Further documents that prove it.' })
  evidenceDocNos?: string[];
}

/**
 * Have the archive say that the student was of age at the act: nothing is stored of one who was not,
 * and the answer is the same as that of a file (INV-05). Requested last: each request is disclosed.
 *
 * @throws VALIDATION
 */
async function requireOfAge({ office, identity }: Context, studentNo: string, actOn: string) {
  if (!office) throw new Error('The archive is requested by an office that serves.');
  const refused = await notOfAge(office.config, [{ studentNo, actOn }], identity);
  if (refused.length) throw invalid('actOn', MAY_NOT_ENTER);
}

const student = onRoster();
const notify = requestNotice(lawViolation, 'FINDING', groupsOfViolation);
const regroup = regroupNotice(lawViolation, groupsOfViolation);
const withdraw = withdrawNotice(lawViolation);
const remove = removeNotices(lawViolation);
const publish = publishFinding(lawViolation, FINDINGS);

/** Violations of law or rules (违法违规). Source: G6.1, T-03, INV-05, DOMAIN 3.8. */
@Resolver(() => LawViolation)
export class LawViolationMutation {
  @Changes('lawViolation.report', lawViolation, 'Report a violation of law or rules of a student.')
  reportLawViolation(
    @Args(() => ReportLawViolationArgs) args: ReportLawViolationArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: student, id: args.studentNo };
    const step = async (row: Roster, act: Act) => {
      const reported = reportedViolation(args)(row, act);
      await requireOfAge(ctx, row.studentNo, args.actOn);
      return reported;
    };
    return open(ctx, 'lawViolation.report', lawViolation, on, args, step, notify);
  }

  @Changes('lawViolation.approve', lawViolation, 'Find a law violation, after its notice.')
  approveLawViolation(
    @Args(() => ApproveLawViolationArgs) args: ApproveLawViolationArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = async (row: LawViolation, act: Act) => {
      const found = foundViolation(args)(row, act);
      await requireOfAge(ctx, row.studentNo, row.actOn);
      return found;
    };
    const after = async (row: LawViolation, act: Act) => {
      await regroup(row, act);
      await publish(row, act);
    };
    return change(ctx, 'lawViolation.approve', lawViolation, args, step, after);
  }

  @Changes('lawViolation.dismiss', lawViolation, 'Dismiss a law violation that is not found.')
  dismissLawViolation(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const after = async (row: LawViolation, act: Act) => {
      await withdraw(row, act);
      await regroup(row, act);
    };
    return change(ctx, 'lawViolation.dismiss', lawViolation, args, dismissedViolation, after);
  }

  @Changes('lawViolation.seal', lawViolation, 'Seal a law violation, as the law demands (T-03).')
  sealLawViolation(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const after = async (row: LawViolation, act: Act) => {
      await act.follow(destroyKeys);
      await remove(row, act);
      await publish(row, act);
    };
    return change(ctx, 'lawViolation.seal', lawViolation, args, sealedViolation, after);
  }
}
