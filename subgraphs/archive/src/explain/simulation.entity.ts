import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ExplainedLine } from './explanation.entity.js';

@InputType({ description: 'A good deed that is supposed to be confirmed.' })
export class SupposedGoodInput {
  @Reads(NO_FIELD)
  @Field(() => ID, { description: 'P-01 to P-10.' })
  indicatorCode!: string;

  @Reads(NO_FIELD)
  @Field(() => Int, {
    defaultValue: 1,
    description: 'How often its points are earned: 20 hours of volunteering earn P-07 once.',
  })
  units!: number;

  @Reads(NO_FIELD)
  @Field(() => Day, { nullable: true, description: 'Day of the deed; the simulated one, if none.' })
  occurredOn?: string;
}

/** What is supposed; of the own records alone. Source: DOMAIN 4.8. */
@InputType({ description: 'What is supposed of the own records; nothing of it is stored (4.8).' })
export class ScoreSimulationInput {
  @Reads(NO_FIELD)
  @Field(() => Day, {
    nullable: true,
    description: 'Day to look at, from today to five years on; today, if none.',
  })
  on?: string;

  @Reads(NO_FIELD)
  @Field(() => [ID], {
    defaultValue: [],
    description: 'Records that are supposed to count no more: repaired, faded, lifted or revoked.',
  })
  closed!: string[];

  @Reads(NO_FIELD)
  @Field(() => [ID], { defaultValue: [], description: 'Records supposed to be mitigated.' })
  mitigated!: string[];

  @Reads(NO_FIELD)
  @Field(() => [SupposedGoodInput], {
    defaultValue: [],
    description: 'Good deeds that are supposed to be confirmed.',
  })
  good!: SupposedGoodInput[];
}

/** What the rules would come to. Source: DOMAIN 4.8. */
@ObjectType({ description: 'What the rules would come to; no evaluation, and not stored (4.8).' })
@Privacy('CREDIT_LEDGER')
export class ScoreSimulation {
  studentNo!: string;

  @Field(() => Day, { nullable: true, description: 'Day that is looked at.' })
  on!: string;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_SCORE'])
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point, as things are today.' })
  scoreNow!: number;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_SCORE'])
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point, as is supposed.' })
  score!: number;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_GRADE'])
  @Field(() => String, {
    nullable: true,
    description: 'A, B, C or D; a C or D would need the confirmation of two people.',
  })
  grade!: string;

  @Field(() => [ExplainedLine], { nullable: true })
  lines!: ExplainedLine[];
}
