import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';
import { HardshipLevel } from './aid-record.entity.js';

/** What the family has to bear, as last found. Source: FG03, F-04. */
@ObjectType({ description: 'What the family has to bear, as last found; in a round, of its year.' })
@Privacy('HARDSHIP')
export class Hardship {
  studentNo!: string;

  @Field(() => String, { nullable: true, description: 'Academic year, 2025-2026.' })
  academicYear!: string;

  @Field(() => HardshipLevel, { nullable: true })
  level?: HardshipLevel | undefined;

  @Field(() => [String], { nullable: true, description: 'What it rests on.' })
  factors!: string[];

  @Field(() => Day, { nullable: true })
  decidedOn!: string;
}
