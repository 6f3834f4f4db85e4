import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { archive } from '../life-cycle/archive.noun.js';
import { HonourLevel } from '../rules/conduct-state.js';
import { followRecords } from './follow.js';
import { GoodRecord } from './good-record.entity.js';
import { goodRecord } from './good-record.noun.js';
import { approvedGood, proposedGood, revokedGood } from './good-record.rules.js';
import { publishRevoked } from './revoked.publish.js';

@ArgsType()
class GoodRecordArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student whom it is about.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Number of the record, by the college.' })
  recordNo!: string;

  @Field(() => String, { description: 'P-01, P-02, P-03, P-04 or P-08.' })
  indicatorCode!: string;

  @Field(() => HonourLevel, { nullable: true, description: 'How high an honour is.' })
  level?: HonourLevel;

  @Field(() => Day, { description: 'Day of the deed, or its first day.' })
  occurredOn!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of what lasted.' })
  endedOn?: string;

  @Field(() => [String], { description: 'Numbers of the documents that prove it.' })
  evidenceDocNos!: string[];
}

/** The credit of the student, anew. */
const credit = ({ studentNo }: GoodRecord, { follow }: Act): Promise<void> =>
  follow((em, now) => followRecords(em, now, [studentNo]));

/** The office that owns the fact ends it as well. */
async function revoked(row: GoodRecord, act: Act): Promise<void> {
  await act.follow((em, now) => publishRevoked(em, now, 'good_record', [row.id]));
  await credit(row, act);
}

/** Good conduct that the archive records (优良记录). Source: G8.3, DOMAIN 3.8. */
@Resolver(() => GoodRecord)
export class GoodRecordMutation {
  @Changes('goodRecord.propose', goodRecord, 'Propose a good record of a student.')
  proposeGoodRecord(
    @Args(() => GoodRecordArgs) args: GoodRecordArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: archive, id: args.studentNo };
    return open(ctx, 'goodRecord.propose', goodRecord, on, args, proposedGood(args));
  }

  @Changes('goodRecord.approve', goodRecord, 'Approve a good record; it counts from then on.')
  approveGoodRecord(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'goodRecord.approve', goodRecord, args, approvedGood, credit);
  }

  @Changes('goodRecord.revoke', goodRecord, 'Revoke a good record; it counts no more.')
  revokeGoodRecord(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'goodRecord.revoke', goodRecord, args, revokedGood, revoked);
  }
}
