import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum LawViolationCategory {
  ADMIN_PENALTY = 'ADMIN_PENALTY',
  CRIMINAL_JUDGMENT = 'CRIMINAL_JUDGMENT',
  SCHOOL_FINDING = 'SCHOOL_FINDING',
  /** What those see who may know that there is a record, and no more. */
  HAS_RECORD = 'HAS_RECORD',
  /** Never on a row: who has none has an empty list. */
  NONE = 'NONE',
}
registerEnumType(LawViolationCategory, {
  name: 'LawViolationCategory',
  description: 'Kind of decision. HAS_RECORD is all that some roles see (note 1).',
});

export enum LawViolationState {
  PROPOSED = 'PROPOSED',
  NOTIFIED = 'NOTIFIED',
  FOUND = 'FOUND',
  ACTIVE = 'ACTIVE',
  DISMISSED = 'DISMISSED',
  REPAIRED = 'REPAIRED',
  MITIGATED = 'MITIGATED',
  LIFTED = 'LIFTED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
  SEALED = 'SEALED',
}
registerEnumType(LawViolationState, {
  name: 'LawViolationState',
  description: 'State of a law violation, as of bad conduct records (DOMAIN 2.4).',
});

/** A violation of law or rules that the school lawfully holds. Source: G6.1, T-03, DOMAIN 2.2. */
@Entity({ tableName: 'law_violation' })
@ObjectType({ description: 'A violation of law or rules that the school lawfully holds (G6.1).' })
@Privacy('LAW_VIOLATIONS')
export class LawViolation extends Fact {
  /** Number in the books of the office; names the case for imports. */
  @Property({ type: 'string' })
  caseNo!: string;

  @Field(() => Day, { nullable: true, description: 'Day of the act.' })
  @Property({ type: 'date' })
  actOn!: string;

  @Privacy<LawViolationCategory>('LAW_VIOLATIONS', { mask: () => LawViolationCategory.HAS_RECORD })
  @Field(() => LawViolationCategory, { nullable: true, description: 'Kind of decision.' })
  @Enum({ items: () => LawViolationCategory })
  category!: LawViolationCategory;

  @Field(() => String, { nullable: true, description: 'Body that decided.' })
  @Property({ type: 'string' })
  authority!: string;

  @Field(() => String, { nullable: true, description: 'Number of the decision.' })
  @Property({ type: 'string', nullable: true })
  docNo?: string;

  @Field(() => String, { nullable: true, description: 'Clause that the decision rests on.' })
  @Property({ type: 'string' })
  legalBasis!: string;

  /** Misconduct code of DOMAIN 2.3, for the archive. */
  @Property({ type: 'string' })
  indicatorCode!: string;

  /** S1–S4 within the range of the indicator (INV-04), for the archive. */
  @Property({ type: 'string' })
  severity!: string;

  @Property({ type: 'date', nullable: true })
  foundOn?: string;

  @Property({ type: 'date', nullable: true })
  notifiedOn?: string;

  /** Day of the act for which the archive said that he was of age (INV-05). */
  @Property({ type: 'date' })
  ofAgeOn!: string;

  @Field(() => Day, { nullable: true, description: 'Day on which the record was sealed by law.' })
  @Property({ type: 'date', nullable: true })
  sealedOn?: string;

  @Field(() => LawViolationState, { nullable: true, description: 'State (DOMAIN 2.4).' })
  @Enum({ items: () => LawViolationState })
  state!: LawViolationState;
}
