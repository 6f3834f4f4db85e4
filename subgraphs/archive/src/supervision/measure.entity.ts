import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { groupsOfMeasure } from '../row-groups/supervision.groups.js';

export enum MeasureState {
  PROPOSED = 'PROPOSED',
  LEGAL_CHECK = 'LEGAL_CHECK',
  NOTIFIED = 'NOTIFIED',
  IN_FORCE = 'IN_FORCE',
  ENDED = 'ENDED',
}
registerEnumType(MeasureState, { name: 'MeasureState', description: 'State of a measure (2.4).' });

/** What follows from a record (监管措施), from the measure list; never from a score. Source: 2.4. */
@Entity({ tableName: 'measure' })
@ObjectType({ description: 'What follows from a record, from the measure list (监管措施).' })
@Privacy('SUPERVISION')
export class Measure extends Fact {
  @Field(() => String, { nullable: true, description: 'Office that proposed it.' })
  @Property({ type: 'string' })
  sourceOffice!: string;

  @Field(() => String, { nullable: true, description: 'Code of the measure list.' })
  @Property({ type: 'string' })
  measureListItem!: string;

  @Field(() => Day, { nullable: true, name: 'effectiveFrom' })
  @Property({ type: 'date', fieldName: 'from_day', nullable: true })
  from?: string;

  @Field(() => MeasureState, { nullable: true })
  @Enum({ items: () => MeasureState })
  state!: MeasureState;

  /** Groups of the records that it rests on, and before its notice its mark. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfMeasure(of),
  })
  rowGroups?: string[];
}
