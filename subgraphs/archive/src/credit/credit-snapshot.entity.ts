import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DimensionScore, LedgerLine } from './credit.entity.js';

export enum CreditSnapshotState {
  PENDING = 'PENDING',
  CONFIRMED = 'CONFIRMED',
}
registerEnumType(CreditSnapshotState, {
  name: 'CreditSnapshotState',
  description: 'Whether the grade of a snapshot waits for two people (2.4, L-08).',
});

/** One stored evaluation of a student, in the view that the caller may see. Source: DOMAIN 2.2, 4.2. */
@ObjectType({ description: 'One stored evaluation, in the view that the caller may see (4.2).' })
@Privacy('CREDIT_GRADE')
export class CreditSnapshot {
  @Field(() => ID, { nullable: true })
  snapshotId!: string;

  @Field(() => ID, { nullable: true })
  studentNo!: string;

  @Field(() => ID, { nullable: true, description: 'The official run; none for a provisional one.' })
  runId?: string;

  @Field(() => CreditSnapshotState, { nullable: true })
  state!: CreditSnapshotState;

  @Field(() => Day, { nullable: true, description: 'Day that it is of.' })
  asOf!: string;

  @Field(() => String, { nullable: true })
  ruleSetVersion!: string;

  @Field(() => String, { nullable: true, description: 'A, B, C or D.' })
  schoolGrade!: string;

  @Field(() => String, { nullable: true, description: 'The same grade: for the student (INV-20).' })
  fullGrade?: string;

  @Privacy('CREDIT_SCORE')
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point.' })
  schoolScore?: number;

  @Privacy('CREDIT_SCORE')
  @Field(() => String, { nullable: true, description: 'Band of five points.' })
  schoolScoreMasked?: string;

  @Privacy('CREDIT_SCORE')
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point; for the student.' })
  fullScore?: number;

  @Privacy(['CREDIT_SCORE', 'SUBJECT_REQUESTS'])
  @Field(() => Int, {
    nullable: true,
    description: 'School score without what is in dispute; for the student and Student Affairs.',
  })
  scoreExcludingDisputed?: number;

  @Privacy('CREDIT_LEDGER')
  @Field(() => [DimensionScore], { nullable: true, description: 'Of the school’s view (4.4).' })
  dims?: DimensionScore[];

  @Privacy('CREDIT_LEDGER')
  @Field(() => [LedgerLine], { nullable: true, description: 'All lines for the student (INV-07).' })
  lines?: LedgerLine[];

  @Also('STAFF_IDENTITY')
  @Field(() => [ID], { nullable: true, description: 'Who has confirmed the grade (L-08).' })
  confirmedBy?: string[];

  @Also('CLOSED_CONDUCT')
  @Field(() => ID, { nullable: true, description: 'The one in whose place it is read (INV-08).' })
  supersedes?: string;

  @Also('CLOSED_CONDUCT')
  @Field(() => ID, { nullable: true, description: 'The one that is read in its place (INV-08).' })
  supersededBy?: string;
}
