import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { ArchiveState } from '../life-cycle/archive-state.js';
import { CollectionMetric } from './collection-batch.entity.js';

/** What one unit supplies, and how well it came in. It counts batches and no students. Source: G5.1, Z2.4. */
@ObjectType({ description: 'What one unit supplies in a year, and how well it comes in (Z2.4).' })
@Privacy('COLLECTION')
export class ArchiveUnit {
  @Field(() => String, { nullable: true, description: 'Unit: FIN, AAO, ….' })
  office!: string;

  @Field(() => Int, { nullable: true, description: 'Items of the catalogue that it supplies.' })
  catalogueItems!: number;

  @Field(() => Int, { nullable: true, description: 'Periods of the year that are due by today.' })
  due!: number;

  @Field(() => Int, { nullable: true, description: 'Those of them that came; nil reports count.' })
  received!: number;

  @Field(() => CollectionMetric, { nullable: true, description: 'The three rates of the unit.' })
  quality!: CollectionMetric;

  @Field(() => Int, { nullable: true, description: 'Import runs of the year.' })
  importRuns!: number;

  @Field(() => Int, { nullable: true, description: 'Those that no second person put in force.' })
  importRunsWaiting!: number;

  @Field(() => Day, { nullable: true, description: 'Day on which something came last.' })
  lastReceivedOn!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Handed over in the year, and not checked yet.',
  })
  submitted!: number;

  @Field(() => Int, { nullable: true })
  verified!: number;

  @Field(() => Int, { nullable: true })
  returned!: number;
}

@ObjectType({ description: 'How many archives are in a state, in full tens.' })
@Privacy('COLLECTION')
export class ArchiveCount {
  @Field(() => ArchiveState, { nullable: true })
  state!: ArchiveState;

  @Field(() => Int, { nullable: true, description: 'In full tens; 0 is fewer than ten.' })
  count!: number;
}

/** The dashboard of Student Affairs. Source: G5.1. */
@ObjectType({ description: 'How the archives of the school stand, unit by unit (G5.1).' })
@Privacy('COLLECTION')
export class ArchiveOverview {
  @Field(() => Day, { nullable: true })
  asOf!: string;

  @Field(() => [ArchiveUnit], { nullable: true, description: 'Every unit, or the own one.' })
  units!: ArchiveUnit[];
}
