import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SelfEntryKind, SelfEntryState } from './self-entry.entity.js';

/** A version that waits for its review. Source: G7.3, G12. */
@ObjectType({ description: 'A version of a self-reported entry that waits for its review (G12).' })
@Privacy('SELF_ENTRY_DRAFTS')
export class ReviewTask {
  @Field(() => ID, { nullable: true })
  entryId!: string;

  @Field(() => Int, { nullable: true })
  version!: number;

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

  @Field(() => Instant, { nullable: true, description: 'Since when it has waited.' })
  recordedAt?: Date;
}
