import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Decimal } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Score of one dimension: 100.00 and its lines; for information (4.4).' })
@Privacy('CREDIT_LEDGER')
export class DimensionScore {
  studentNo!: string;

  @Field(() => ID, { nullable: true })
  code!: string;

  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  score!: number;
}

@ObjectType({ description: 'Why the score is what it is: one record, or one cap (INV-07).' })
@Privacy('CREDIT_LEDGER')
export class LedgerLine {
  studentNo!: string;

  @Field(() => Int, { nullable: true })
  seq!: number;

  @Field(() => ID, { nullable: true })
  recordId?: string;

  @Field(() => String, { nullable: true, description: 'Cap or floor that the line stands for.' })
  capCode?: string;

  @Field(() => String, { nullable: true })
  indicatorCode?: string;

  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  base?: number;

  @Field(() => Decimal, { nullable: true })
  weight?: string;

  @Field(() => Decimal, { nullable: true })
  repetition?: string;

  @Field(() => Decimal, { nullable: true })
  timeFactor?: string;

  @Field(() => Decimal, { nullable: true })
  repairFactor?: string;

  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  points!: number;

  @Field(() => String, { nullable: true, description: 'Privacy group of the record.' })
  group?: string;
}

/** The one view of a student's credit that the caller may see. Source: DOMAIN 3.7(14), 4.2. */
@ObjectType({ description: 'The one view of the credit that the caller may see (3.7(14)).' })
@Privacy('CREDIT_GRADE')
export class Credit {
  studentNo!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Number of the snapshot; in a case or a report one of that case or report.',
  })
  snapshotId?: string;

  @Field(() => String, { nullable: true, description: 'SCHOOL, or FULL for the student himself.' })
  view?: string;

  @Field(() => String, { nullable: true, description: 'A, B, C or D.' })
  grade?: string;

  @Field(() => Day, { nullable: true, description: 'Day that the snapshot is of.' })
  asOf?: string;

  @Field(() => String, { nullable: true })
  ruleSetVersion?: string;

  @Privacy('CREDIT_SCORE')
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  score?: number;

  @Privacy('CREDIT_SCORE')
  @Field(() => String, { nullable: true, description: 'Band of five points.' })
  scoreMasked?: string;

  @Privacy('CREDIT_LEDGER')
  @Field(() => [DimensionScore], { nullable: true })
  dimensions?: DimensionScore[];

  @Privacy('CREDIT_LEDGER')
  @Field(() => [LedgerLine], { nullable: true })
  ledger?: LedgerLine[];
}
