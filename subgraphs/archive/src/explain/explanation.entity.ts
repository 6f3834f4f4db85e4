import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Decimal } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ConductRecord } from '../conduct/conduct-record.entity.js';
import { GoodRecord } from '../conduct/good-record.entity.js';
import { ScoreFactorKind } from './score-factor-kind.js';

@ObjectType({ description: 'A sentence in both languages (F-10).' })
@Inherit()
export class Words {
  @Field(() => String, { description: 'In zh-CN.' })
  zh!: string;

  @Field(() => String, { description: 'In English.' })
  en!: string;
}

/** One number of a line, and what it says. Source: DOMAIN 4.2, 4.8. */
@ObjectType({ description: 'One number of a line, and why it is what it is (4.2).' })
@Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
export class ScoreFactor {
  studentNo!: string;

  @Field(() => ScoreFactorKind, { nullable: true })
  kind!: ScoreFactorKind;

  @Field(() => Decimal, { nullable: true, description: 'Points for BASE, else a factor.' })
  value!: string;

  @Field(() => Words, { nullable: true })
  words!: Words;
}

/** From a day on a line has other points, if nothing else changes. Source: DOMAIN 4.5. */
@ObjectType({
  description: 'From a day on a line has other points, if nothing else changes (4.5).',
})
@Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
export class ScoreFading {
  studentNo!: string;

  @Field(() => Day, { nullable: true })
  on!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Hundredths of a point; 0 from its last day on.',
  })
  points!: number;
}

/**
 * One line of a ledger in words. Of a record that the caller may not see it keeps its points, so that
 * the sum agrees, and says nothing else. Source: DOMAIN 4.8, L-08.
 */
@ObjectType({
  description:
    'One line of a ledger in words; of a record that the caller may not see its points alone (4.8).',
})
@Privacy('CREDIT_LEDGER')
export class ExplainedLine {
  studentNo!: string;

  @Field(() => Int, { nullable: true, description: 'Place of the line in the ledger, from 1.' })
  seq!: number;

  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  points!: number;

  @Field(() => String, { nullable: true, description: 'Cap or floor that the line stands for.' })
  capCode?: string;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => ID, { nullable: true, description: 'Number of the record.' })
  recordId?: string;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => String, { nullable: true })
  indicatorCode?: string;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => String, {
    nullable: true,
    description: 'Rule set that scores it: the mildest of those since it was found (INV-16).',
  })
  ruleSetVersion?: string;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => Words, { nullable: true, description: 'The line in one sentence.' })
  words?: Words;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => [ScoreFactor], {
    nullable: true,
    description: 'Numbers that the points are the product of, rounded half-up to hundredths.',
  })
  factors?: ScoreFactor[];

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => [ScoreFading], {
    nullable: true,
    description:
      'When it fades; null while a duty is open, for it does not fade until that is met.',
  })
  fades?: ScoreFading[];

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'GOOD_CONDUCT'])
  @Field(() => Words, { nullable: true, description: 'How to object to it (G14).' })
  appeal?: Words;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT', 'REPAIRS'])
  @Field(() => Words, {
    nullable: true,
    description: 'When and how its repair can be applied for, for the student himself (G15, L-17).',
  })
  repair?: Words;

  @Privacy(['CREDIT_LEDGER', 'BAD_CONDUCT'])
  @Field(() => ConductRecord, {
    nullable: true,
    description: 'The bad record, with its source office and the number of its finding.',
  })
  conductRecord?: ConductRecord;

  @Privacy(['CREDIT_LEDGER', 'GOOD_CONDUCT'])
  @Field(() => GoodRecord, { nullable: true, description: 'The good record.' })
  goodRecord?: GoodRecord;
}

/** Why a score is what it is, line by line. Source: DOMAIN 4.8, L-08, PIPL 24, 48. */
@ObjectType({ description: 'Why a score is what it is, line by line (4.8, L-08).' })
@Privacy('CREDIT_LEDGER')
export class ScoreExplanation {
  studentNo!: string;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_GRADE'])
  @Field(() => ID, { nullable: true })
  snapshotId!: string;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_GRADE'])
  @Field(() => String, { nullable: true, description: 'SCHOOL, or FULL for the student himself.' })
  view!: string;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_GRADE'])
  @Field(() => Day, { nullable: true, description: 'Day that the snapshot is of.' })
  asOf!: string;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_GRADE'])
  @Field(() => String, { nullable: true })
  ruleSetVersion!: string;

  @Field(() => Int, { nullable: true, description: 'Hundredths of a point from which it starts.' })
  start!: number;

  @Field(() => [ExplainedLine], {
    nullable: true,
    description: 'All lines; with the start they sum up to the score, within its bounds (INV-07).',
  })
  lines!: ExplainedLine[];

  @Privacy(['CREDIT_LEDGER', 'CREDIT_SCORE'])
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  score!: number;

  @Privacy(['CREDIT_LEDGER', 'CREDIT_GRADE'])
  @Field(() => String, { nullable: true, description: 'A, B, C or D.' })
  grade!: string;

  @Field(() => Words, { nullable: true, description: 'Which bounds the grades have.' })
  gradeWords!: Words;

  @Field(() => Words, { nullable: true, description: 'How to have a person look at it (L-08).' })
  review!: Words;
}
