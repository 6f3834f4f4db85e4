import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { stateOfCase } from './case-state.js';
import { erased } from '../student/erased.js';

export enum CaseResult {
  GRANT = 'GRANT',
  REFUSE = 'REFUSE',
}
registerEnumType(CaseResult, { name: 'CaseResult', description: 'What a case decided.' });

/** What evaluators decided on one student of a case. Source: G21, T-07. */
@Entity({ tableName: 'case_decision' })
@ObjectType({ description: 'What evaluators decided on one student (G21).' })
@Privacy('CASES')
export class CaseDecision {
  @Field(() => ID, { nullable: true })
  @Property({ type: 'uuid' })
  id!: string;

  @PrimaryKey({ type: 'string' })
  caseId!: string;

  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  studentNo!: string;

  @Field(() => CaseResult, { nullable: true })
  @Enum({ items: () => CaseResult })
  result!: CaseResult;

  @Field(() => [String], { nullable: true, description: 'Never the credit grade alone (T-07).' })
  @Property({ type: 'json' })
  reasonCodes!: string[];

  /** Nothing of the student is left to read (2.4, F-08). */
  @Property({ type: 'boolean', lazy: true, formula: (of) => erased(of.studentNo) })
  isErased?: boolean;

  @Property({ type: 'string' })
  decidedBy!: string;

  @Property({ type: 'datetime' })
  decidedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  /** State of its case. */
  @Property({ type: 'string', formula: (of) => stateOfCase(of.caseId) })
  caseState?: string;
}
