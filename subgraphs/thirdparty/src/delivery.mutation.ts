import type { Context } from '@chengxin/kit/call/context';
import { type Payload, type Step } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { fault, isFault } from '@chengxin/kit/errors';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, InputType, Int, Resolver } from 'type-graphql';
import type { Consent } from './consent.entity.js';
import { consent } from './consent.noun.js';
import { Delivery } from './delivery.entity.js';
import { delivery } from './delivery.noun.js';
import { checkDelivery, tablesOf, type DeliveredRows } from './delivery.rules.js';
import { LoanPerformanceState } from './loan-performance.entity.js';
import { followBills, putRows } from './put-rows.js';

@InputType({ description: 'One statement of a credit card (G8.4).' })
class CardOverdraftRow {
  @Field(() => String, { description: 'Last four digits of the card.' })
  cardTail4!: string;

  @Field(() => Day)
  statementOn!: string;

  @Field(() => Int, { description: 'Overdue amount in fen.' })
  overdueFen!: number;

  @Field(() => Int, { description: 'Days overdue at the statement.' })
  overdueDays!: number;

  @Field(() => Day, { nullable: true, description: 'Day on which it was settled.' })
  settledOn?: string;
}

@InputType({ description: 'One month of a phone contract (G8.4).' })
class PhoneBillRow {
  @Field(() => String, { description: 'Last four digits of the number.' })
  msisdnTail4!: string;

  @Field(() => String, { description: 'Month of the bill, 2026-02.' })
  month!: string;

  @Field(() => Int, { description: 'Amount in fen.' })
  amountFen!: number;

  @Field(() => Day, { nullable: true, description: 'Day of the payment.' })
  paidOn?: string;

  @Field(() => Int, { description: 'Days overdue.' })
  overdueDays!: number;

  @Field(() => Boolean, { description: 'Whether the operator confirms it (L-15).' })
  confirmed!: boolean;
}

@InputType({ description: 'One month of repayment after graduation (T-05).' })
class LoanPerformanceRow {
  @Field(() => String, { description: 'Contract number, masked: DK****0031.' })
  contractNoMasked!: string;

  @Field(() => String, { description: 'Month of the repayment, 2026-02.' })
  month!: string;

  @Field(() => LoanPerformanceState)
  state!: LoanPerformanceState;

  @Field(() => Boolean, { description: 'Whether the loan is paid back.' })
  settled!: boolean;
}

@ArgsType()
class IngestArgs extends ChangeArgs {
  @Field(() => ID, { description: 'The consent that the person handed over (T-04).' })
  consentId!: string;

  @Field(() => [CardOverdraftRow], { nullable: true, description: 'Card statements.' })
  cardOverdrafts?: CardOverdraftRow[];

  @Field(() => [PhoneBillRow], { nullable: true, description: 'Phone bills.' })
  phoneBills?: PhoneBillRow[];

  @Field(() => [LoanPerformanceRow], { nullable: true, description: 'Months of repayment.' })
  loanPerformance?: LoanPerformanceRow[];
}

const rowsOf = ({
  cardOverdrafts = [],
  phoneBills = [],
  loanPerformance = [],
}: IngestArgs): DeliveredRows => ({
  card_overdraft: cardOverdrafts,
  phone_bill: phoneBills,
  loan_performance: loanPerformance,
});

/** Checks the rows, writes them, and counts what came of them. */
const received =
  (rows: DeliveredRows): Step<Delivery, Consent> =>
  async (row, { by, now, today, follow }) => {
    checkDelivery(row, rows, today);
    const handing = { consentId: row.consentId, by: by.subject, at: now };
    const counts = { newRows: 0, changedRows: 0 };
    await follow(async (em) => {
      for (const table of tablesOf(rows)) {
        const { newRows, changedRows } = await putRows(em, handing, table, rows[table]);
        counts.newRows += newRows;
        counts.changedRows += changedRows;
      }
      await followBills(em, handing, rows.phone_bill);
    });
    const { consentId, recipientUscc } = row;
    return { consentId, provider: recipientUscc, receivedAt: now, ...counts };
  };

/** What providers hand in of a person whom they know by a consent alone (G8.4, T-04). */
@Resolver(() => Delivery)
export class DeliveryMutation {
  /** Unknown, another's, ended and withdrawn are one answer (DOMAIN 3.7(4)). */
  @Changes('thirdparty.ingest', delivery, 'Hand in rows under a consent in force, as data (G8.4).')
  async ingestThirdParty(
    @Args(() => IngestArgs) args: IngestArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    ctx.disclosures.under(args.consentId);
    const on = { noun: consent, id: args.consentId };
    try {
      return await open(ctx, 'thirdparty.ingest', delivery, on, args, received(rowsOf(args)));
    } catch (error) {
      throw isFault(error) && error.extensions['code'] === 'NOT_FOUND'
        ? fault('CONSENT_REQUIRED')
        : error;
    }
  }
}
