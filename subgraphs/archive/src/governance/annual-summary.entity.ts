import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CollectionMetric } from '../collection/collection-batch.entity.js';

/**
 * What the leading group has done in a year, and how the work of the units stands. It counts no student:
 * what is known of students as a whole is in `stats` of the runs that it names. Source: Z2.5, Z4.2.
 */
@ObjectType({ description: 'A year of the work on integrity, in numbers of no student (Z2.5).' })
@Privacy('GOVERNANCE')
export class AnnualSummary {
  @Field(() => Int, { nullable: true })
  year!: number;

  @Field(() => Int, { nullable: true, description: 'Meetings that were not cancelled.' })
  meetings!: number;

  @Field(() => Int, { nullable: true, description: 'Those of them that were held.' })
  meetingsHeld!: number;

  @Field(() => Int, { nullable: true, description: 'What these meetings resolved.' })
  resolutions!: number;

  @Field(() => Int, { nullable: true, description: 'Tasks that are due in the year.' })
  tasks!: number;

  @Field(() => Int, { nullable: true })
  tasksDone!: number;

  @Field(() => Int, { nullable: true, description: 'Tasks that are open after their day.' })
  tasksOverdue!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Trainings that administrators passed; for those who see every unit.',
  })
  trainings!: number | null;

  @Field(() => CollectionMetric, {
    nullable: true,
    description: 'How the year comes in, of all units or the own one.',
  })
  collection!: CollectionMetric;

  @Field(() => [ID], { nullable: true, description: 'Official runs that were locked in the year.' })
  lockedRuns!: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Those of them whose statistics are released: arguments of `stats`.',
  })
  releasedRuns!: string[];
}
