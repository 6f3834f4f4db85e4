import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import type { Group } from '@chengxin/kit/privacy/groups';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { GoodState, HonourLevel } from '../rules/conduct-state.js';
import { Student } from '../student/student.entity.js';
import { OWNER } from '../student/owner.js';

/** A good-conduct record (在校优良记录). Source: G8.3, DOMAIN 2.2. */
@Entity({ tableName: 'good_record' })
@ObjectType({ description: 'A good-conduct record (在校优良记录, G8.3).' })
@Privacy('GOOD_CONDUCT')
export class GoodRecord extends Fact {
  @Field(() => String, {
    nullable: true,
    description: 'Code of the kind of good conduct, P-01 to P-10.',
  })
  @Property({ type: 'string' })
  indicatorCode!: string;

  /** The group that the row takes beside that of its state (DOMAIN 2.3). */
  @Property({ type: 'string' })
  originGroup!: Group;

  @Field(() => String, { nullable: true, description: 'Office that confirmed it.' })
  @Property({ type: 'string' })
  sourceOffice!: string;

  @Property({ type: 'string' })
  sourceSubgraph!: string;

  @Property({ type: 'string' })
  sourceTypename!: string;

  @Property({ type: 'string' })
  sourceId!: string;

  @Property({ type: 'integer' })
  sourceVersion!: number;

  @Field(() => HonourLevel, { nullable: true })
  @Enum({ items: () => HonourLevel, nullable: true })
  level?: HonourLevel;

  @Field(() => Day, { nullable: true, description: 'Day of the deed, or its first day.' })
  @Property({ type: 'date' })
  occurredOn!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of what lasted.' })
  @Property({ type: 'date', nullable: true })
  endedOn?: string;

  @Field(() => GoodState, { nullable: true })
  @Enum({ items: () => GoodState })
  state!: GoodState;

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
