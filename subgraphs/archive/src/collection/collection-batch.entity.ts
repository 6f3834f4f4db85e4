import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum CollectionVerdict {
  RECEIVED = 'RECEIVED',
  LATE = 'LATE',
  DUE = 'DUE',
  MISSING = 'MISSING',
}
registerEnumType(CollectionVerdict, {
  name: 'CollectionVerdict',
  description: 'Received in time or late, still due, or missing (G5.3).',
});

export enum CollectionState {
  RECEIVED = 'RECEIVED',
  IN_FORCE = 'IN_FORCE',
}
registerEnumType(CollectionState, {
  name: 'CollectionState',
  description: 'Whether a second person put the batch in force (INV-02).',
});

@ObjectType({ description: 'Why a row was rejected, without what stands in it (FG41).' })
@Inherit()
export class CollectionError {
  @Field(() => Int, { description: 'Line of the file, from 1.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'Column that is to blame, if one is.' })
  column!: string | null;

  @Field(() => String, { description: 'In Chinese with English beside it.' })
  reason!: string;
}

/**
 * One import run of an office, what it handed over without one, or a catalogue item that is due and has
 * not come. Source: G5.3.
 */
@ObjectType({
  description: 'One import run of an office, what it handed over, or an item that is due (G5.3).',
})
@Privacy('COLLECTION')
export class CollectionBatch {
  @Field(() => ID, {
    nullable: true,
    description: 'None for what has not come, or came by no import.',
  })
  batchId!: string | null;

  @Field(() => String, { nullable: true, description: 'Unit that supplies it: FIN, AAO, ….' })
  office!: string | null;

  @Field(() => ID, { nullable: true, description: 'Code in the catalogue.' })
  catalogueItem!: string | null;

  @Field(() => Day, { nullable: true, description: 'None where the item comes on a change.' })
  dueOn!: string | null;

  @Field(() => Day, { nullable: true })
  receivedOn!: string | null;

  @Field(() => Int, { nullable: true, description: 'Good rows; a nil report has none (INV-18).' })
  rows!: number | null;

  @Field(() => Int, { nullable: true })
  rejected!: number | null;

  @Field(() => Int, { nullable: true, description: 'Rows that changed anything, once in force.' })
  changed!: number | null;

  @Field(() => CollectionState, { nullable: true })
  state!: CollectionState | null;

  @Field(() => CollectionVerdict, { nullable: true })
  verdict!: CollectionVerdict;

  @Field(() => [CollectionError], { nullable: true, description: 'The first 20 of them.' })
  errors!: CollectionError[] | null;

  submissionId!: string | null;
}

/** The three rates of Z2.4, in full percent; null where nothing was due or came. */
@ObjectType({ description: 'How well what is due comes in, in percent (Z2.4).' })
@Privacy('COLLECTION')
export class CollectionMetric {
  @Field(() => Int, { nullable: true, description: 'Came by the day on which it was due.' })
  timely!: number | null;

  @Field(() => Int, { nullable: true, description: 'Came at all; nil reports count (INV-18).' })
  complete!: number | null;

  @Field(() => Int, { nullable: true, description: 'Rows that were good when they came.' })
  accurate!: number | null;
}
