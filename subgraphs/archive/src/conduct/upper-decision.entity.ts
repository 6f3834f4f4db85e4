import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum UpperDecisionState {
  RECORDED = 'RECORDED',
}
registerEnumType(UpperDecisionState, {
  name: 'UpperDecisionState',
  description: 'State of a decision of a higher body.',
});

/** A decision of a higher body, or a court, about a record. Source: T-06, L-15. */
@Entity({ tableName: 'upper_decision' })
@ObjectType({ description: 'A decision of a higher body, or a court, about a record (T-06).' })
@Privacy('SANCTION_FILES')
export class UpperDecision extends Fact {
  @Field(() => ID, { nullable: true, description: 'Number of the record.' })
  @Property({ type: 'uuid' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'Who decided.' })
  @Property({ type: 'string' })
  body!: string;

  @Field(() => String, { nullable: true, description: 'Number of the document.' })
  @Property({ type: 'string' })
  docNo!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  decidedOn!: string;

  @Field(() => UpperDecisionState, { nullable: true })
  @Enum({ items: () => UpperDecisionState })
  state!: UpperDecisionState;
}
