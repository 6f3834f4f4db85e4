import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum EthicsFindingState {
  PROPOSED = 'PROPOSED',
  RECORDED = 'RECORDED',
  REVOKED = 'REVOKED',
}
registerEnumType(EthicsFindingState, {
  name: 'EthicsFindingState',
  description: 'State of an ethics finding.',
});

/** Misconduct of a teacher that HR proposed and the discipline office recorded. Source: Z5.3.1. */
@Entity({ tableName: 'ethics_finding' })
@ObjectType({ description: 'Misconduct of a teacher, found by procedure (Z5.3.1).' })
@Privacy('TEACHER_ARCHIVE')
export class EthicsFinding {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  type!: string;

  @Field(() => String, { nullable: true, description: 'Rule and procedure that it rests on.' })
  @Property({ type: 'string' })
  procedure!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  decision?: string;

  @Field(() => Int, { nullable: true, name: 'term', description: 'Months for which it counts.' })
  @Property({ type: 'integer', nullable: true })
  termMonths?: number;

  @Field(() => EthicsFindingState, { nullable: true })
  @Enum({ items: () => EthicsFindingState })
  state!: EthicsFindingState;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Of the discipline office.' })
  @Property({ type: 'string', nullable: true })
  approvedBy?: string;
}
