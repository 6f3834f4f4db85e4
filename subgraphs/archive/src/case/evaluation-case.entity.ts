import { TwoPeople } from '@chengxin/kit/schema/two-people';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum CasePurpose {
  AWARD = 'AWARD',
  PARTY = 'PARTY',
  AID = 'AID',
  EMPLOYMENT = 'EMPLOYMENT',
  APPEAL = 'APPEAL',
}
registerEnumType(CasePurpose, { name: 'CasePurpose', description: 'What a case is for (G21).' });

export enum CaseState {
  DRAFT = 'DRAFT',
  OPEN = 'OPEN',
  IN_EVALUATION = 'IN_EVALUATION',
  DECIDED = 'DECIDED',
  CLOSED = 'CLOSED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(CaseState, { name: 'CaseState', description: 'State of a case (2.4).' });

/** A time-boxed task of evaluators over an explicit list of students. Source: G21, INV-09. */
@Entity({ tableName: 'evaluation_case' })
@ObjectType({ description: 'A time-boxed task of evaluators over listed students (G21).' })
@Privacy('CASES')
export class EvaluationCase extends TwoPeople {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  caseId!: string;

  @Field(() => CasePurpose, { nullable: true })
  @Enum({ items: () => CasePurpose })
  purpose!: CasePurpose;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Unit that runs the case.' })
  @Property({ type: 'string' })
  hostOffice!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  opensAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'End, not included.' })
  @Property({ type: 'datetime' })
  closesAt!: Date;

  @Field(() => CaseState, { nullable: true })
  @Enum({ items: () => CaseState })
  state!: CaseState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
