import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SelfEntryKind, SelfEntryState } from './self-entry.entity.js';

/** A version that waits for its review. Source: G7.3, G12. */
@ObjectType({ description: 'A version of a self-reported entry that waits for its review (G12).' })
@Privacy('SELF_ENTRY_DRAFTS')
export class ReviewTask {
  @Field(() => ID, { nullable: true, description: 'Number by which it is claimed and reviewed.' })
  id!: string;

  @Field(() => ID, { nullable: true })
  entryId!: string;

  @Field(() => Int, { nullable: true, description: 'Grows with each change of the row.' })
  version!: number;

  @Field(() => Int, { nullable: true, description: 'Which version of the entry it is.' })
  edition!: number;

  @Field(() => ID, { nullable: true })
  studentNo!: string;

  @Field(() => SelfEntryKind, { nullable: true })
  kind!: SelfEntryKind;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => Day, { nullable: true })
  startOn?: string;

  @Field(() => SelfEntryState, { nullable: true })
  state!: SelfEntryState;

  @Field(() => Instant, { nullable: true, description: 'When it was written down first.' })
  recordedAt?: Date;

  @Field(() => Instant, { nullable: true, description: 'Since when it has waited.' })
  submittedAt?: Date;

  @Field(() => Day, { nullable: true, description: 'Day until which it is to be reviewed (G7.3).' })
  dueOn?: string;
}
