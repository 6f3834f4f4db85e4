import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { execute } from '@chengxin/kit/database/orm';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { excusedIn } from '../loan/excused.loader.js';
import { academicYearOf } from '../org/academic-year.js';
import { Severity } from '../rules/severity.js';
import { student } from '../student/student.noun.js';
import {
  acceptedRecord,
  dismissedRecord,
  foundRecord,
  proposedRecord,
} from './conduct-change.rules.js';
import { ConductRecord } from './conduct-record.entity.js';
import { conductRecord, pendingRecord } from './conduct-record.noun.js';
import { followRecords } from './follow.js';
import { followRevocation } from './follow-revocation.js';
import { notifyOf } from './notify-record.js';
import { isUnexplained } from './unexplained.js';
import { UpperDecision } from './upper-decision.entity.js';
import { upperDecision } from './upper-decision.noun.js';
import { decidedAbove } from './upper-decision.rules.js';

@ArgsType()
class ProposeRecordArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student whom it is about.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Number of the record, by who proposes it.' })
  recordNo!: string;

  @Field(() => String, {
    description: 'D1-06, D3-01 and the like; D6 also by the employment office.',
  })
  indicatorCode!: string;

  @Field(() => Severity, { description: 'Within the range of the indicator.' })
  severity!: Severity;

  @Field(() => Day, { description: 'Day of the act, or its first day.' })
  occurredOn!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of an act that lasted.' })
  endedOn?: string;

  @Field(() => [String], { description: 'Numbers of the documents that prove it.' })
  evidenceDocNos!: string[];
}

@ArgsType()
class FindRecordArgs extends RowArgs {
  @Field(() => String, { description: 'Number of the document by which it is found.' })
  findingDocNo!: string;

  @Field(() => String, { nullable: true, description: 'Body that finds it; Student Affairs.' })
  findingBody?: string;

  @Field(() => Day, { nullable: true, description: 'Day of the document; today.' })
  findingOn?: string;

  @Field(() => Severity, { nullable: true, description: 'Another one than was proposed.' })
  severity?: Severity;

  @Field(() => String, { nullable: true, description: 'Rule that the finding rests on.' })
  legalBasis?: string;
}

@ArgsType()
class UpperDecisionArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Number of the record.' })
  recordId!: string;

  @Field(() => String, { description: 'Body that decided.' })
  body!: string;

  @Field(() => String, { description: 'Number of its document.' })
  docNo!: string;

  @Field(() => Day, { description: 'Day of the decision.' })
  decidedOn!: string;
}

/** The credit of the student, anew. */
const credit = ({ studentNo }: ConductRecord, { follow }: Act): Promise<void> =>
  follow((em, now) => followRecords(em, now, [studentNo]));

async function revoked(row: ConductRecord, act: Act): Promise<void> {
  await followRevocation(act, [row.id]);
  await credit(row, act);
}

const EXCUSED = `select 1 where ${excusedIn('?', '?')}`;
const NOT_MALICIOUS =
  '该账单已缴清、缓交或有正当理由，不得认定恶意。 The bill is paid, deferred or excused (T-01).';

/**
 * Neither finance nor the archive knows what explains the bill.
 *
 * @throws STATE_CONFLICT (T-01)
 */
async function requireUnexplained(
  ctx: Context,
  { studentNo, billNo, occurredOn }: ConductRecord,
): Promise<void> {
  const year = academicYearOf(occurredOn);
  const excuses = await execute(ctx.em, EXCUSED, [studentNo, studentNo, year]);
  if (!billNo || excuses.length || !(await isUnexplained(ctx, billNo)))
    throw changeFault(ChangeErrorCode.STATE_CONFLICT, NOT_MALICIOUS);
  ctx.disclosures.record(studentNo, 'TUITION', ctx.ruling('TUITION', studentNo).effect);
}

/** Revoked, and disputed no more. */
const revokedAbove = () => ({ disputed: false });

/** Bad conduct, from its proposal to what becomes of it (不良记录). Source: G8.3, L-07, T-01, 2.4. */
@Resolver(() => ConductRecord)
export class ConductMutation {
  @Changes('conduct.propose', pendingRecord, 'Propose a bad record; its student is notified.')
  proposeConductRecord(
    @Args(() => ProposeRecordArgs) args: ProposeRecordArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: student, id: args.studentNo };
    const step = proposedRecord(args);
    return open(ctx, 'conduct.propose', pendingRecord, on, args, step, notifyOf('FINDING'));
  }

  @Changes('conduct.find', pendingRecord, 'Find what was proposed, once the student was heard.')
  findConductRecord(
    @Args(() => FindRecordArgs) args: FindRecordArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = foundRecord(args);
    return change(ctx, 'conduct.find', pendingRecord, args, step, notifyOf('RECORD'));
  }

  @Changes('conduct.dismiss', pendingRecord, 'Dismiss what was proposed.')
  dismissConductRecord(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'conduct.dismiss', pendingRecord, args, dismissedRecord);
  }

  @Changes('conduct.accept', pendingRecord, 'Take a finding into the archive, where it counts.')
  acceptConductRecord(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'conduct.accept', pendingRecord, args, acceptedRecord, credit);
  }

  @Changes('malice.find', pendingRecord, 'Find that a bill is unpaid out of malice (T-01).')
  findMalice(
    @Args(() => FindRecordArgs) args: FindRecordArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(
      ctx,
      'malice.find',
      pendingRecord,
      args,
      async (record, act) => {
        await requireUnexplained(ctx, record);
        return foundRecord(args)(record, act);
      },
      notifyOf('RECORD'),
    );
  }

  @Changes('malice.refuse', pendingRecord, 'Find no malice.')
  refuseMalice(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'malice.refuse', pendingRecord, args, dismissedRecord, credit);
  }

  @Changes('conduct.revoke', conductRecord, 'Revoke a record by the decision of a higher body.')
  revokeConductRecord(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'conduct.revoke', conductRecord, args, revokedAbove, revoked);
  }
}

/** Decisions of higher bodies and courts about a record. Source: T-06, L-15. */
@Resolver(() => UpperDecision)
export class UpperDecisionMutation {
  @Changes('upperDecision.record', upperDecision, 'Record the decision of a higher body.')
  recordUpperDecision(
    @Args(() => UpperDecisionArgs) args: UpperDecisionArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: conductRecord, id: args.recordId };
    return open(ctx, 'upperDecision.record', upperDecision, on, args, decidedAbove(args));
  }
}
