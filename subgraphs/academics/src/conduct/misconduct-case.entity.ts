import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum MisconductStage {
  REPORTED = 'REPORTED',
  PRELIMINARY = 'PRELIMINARY',
  FORMAL = 'FORMAL',
  FOUND = 'FOUND',
  NOT_FOUND = 'NOT_FOUND',
  DECIDED = 'DECIDED',
  FINAL = 'FINAL',
  /** What those read who are shown a flag alone; never stored. */
  HAS_ACTIVE_SERIOUS = 'HAS_ACTIVE_SERIOUS',
}
registerEnumType(MisconductStage, {
  name: 'MisconductStage',
  description: 'Stage of a misconduct case (2.4); HAS_ACTIVE_SERIOUS where a flag alone is shown.',
});

/** What an inquiry comes to. */
export enum MisconductOutcome {
  FOUND = 'FOUND',
  NOT_FOUND = 'NOT_FOUND',
}
registerEnumType(MisconductOutcome, {
  name: 'MisconductOutcome',
  description: 'What the inquiry into a misconduct case comes to.',
});

/** A case of academic misconduct of a student. Source: Z5.4.4, L-21, DOMAIN 2.2. */
@Entity({ tableName: 'misconduct_case' })
@ObjectType({ description: 'A case of academic misconduct (Z5.4.4).' })
@Privacy('ACADEMIC_MISCONDUCT')
export class MisconductCase extends Fact {
  @Property({ type: 'string' })
  caseNo!: string;

  /** The research project that it is about, if it is about one. */
  @Property({ type: 'string', nullable: true })
  projectNo?: string;

  @Property({ type: 'string' })
  indicatorCode!: string;

  @Property({ type: 'string', nullable: true })
  severity?: string;

  /** Day of the act. */
  @Property({ type: 'date' })
  occurredOn!: string;

  @Property({ type: 'date' })
  reportedOn!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => String, { nullable: true, description: 'The committee that inquires.' })
  @Property({ type: 'string', nullable: true })
  committee?: string;

  @Property({ type: 'string', nullable: true })
  findingBody?: string;

  @Property({ type: 'string', nullable: true })
  decisionDocNo?: string;

  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Property({ type: 'date', nullable: true })
  noticeDeliveredOn?: string;

  /** Read through the resolver, which knows the flag. */
  @Enum({ items: () => MisconductStage })
  stage!: MisconductStage;
}
