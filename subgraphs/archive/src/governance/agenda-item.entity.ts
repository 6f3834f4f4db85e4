import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum AgendaItemType {
  CONVEY = 'CONVEY',
  SUMMARISE = 'SUMMARISE',
  PROBLEMS = 'PROBLEMS',
  DECIDE = 'DECIDE',
  ANNUAL_PLAN = 'ANNUAL_PLAN',
  ASSIGN = 'ASSIGN',
}
registerEnumType(AgendaItemType, {
  name: 'AgendaItemType',
  description: 'What an item of the agenda is (Z4.3).',
});

/** One item of the agenda of a meeting. Source: Z4.3. */
@Entity({ tableName: 'agenda_item' })
@ObjectType({ description: 'One item of the agenda of a meeting (Z4.3).' })
@Privacy('GOVERNANCE')
export class AgendaItem {
  @PrimaryKey({ type: 'string' })
  meetingId!: string;

  @Field(() => Int, { nullable: true })
  @PrimaryKey({ type: 'integer' })
  seq!: number;

  @Field(() => AgendaItemType, { nullable: true })
  @Enum({ items: () => AgendaItemType })
  type!: AgendaItemType;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;
}
