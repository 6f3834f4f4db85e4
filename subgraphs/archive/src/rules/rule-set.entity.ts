import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum RuleSetState {
  DRAFT = 'DRAFT',
  REVIEW = 'REVIEW',
  APPROVED = 'APPROVED',
  ACTIVE = 'ACTIVE',
  RETIRED = 'RETIRED',
}
registerEnumType(RuleSetState, { name: 'RuleSetState', description: 'State of a rule set (4.8).' });

/** A version of the numbers by which credit is evaluated; immutable, hashed. Source: DOMAIN 4.8. */
@Entity({ tableName: 'rule_set' })
@ObjectType('RuleSet', { description: 'A version of the numbers of the evaluation (4.8).' })
@Privacy('RULES')
export class RuleSetVersion {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  version!: string;

  @Field(() => RuleSetState, { nullable: true })
  @Enum({ items: () => RuleSetState })
  state!: RuleSetState;

  @Field(() => ID, { nullable: true, description: 'Meeting that resolved it.' })
  @Property({ type: 'string', nullable: true })
  approvedByMeetingId?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  effectiveFrom?: string;
}
