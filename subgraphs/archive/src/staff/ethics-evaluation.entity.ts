import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum EthicsResult {
  EXCELLENT = 'EXCELLENT',
  QUALIFIED = 'QUALIFIED',
  BASICALLY = 'BASICALLY',
  UNQUALIFIED = 'UNQUALIFIED',
}
registerEnumType(EthicsResult, {
  name: 'EthicsResult',
  description: 'Result of a yearly ethics evaluation.',
});

/** The yearly ethics evaluation of a teacher. Source: Z2.1, Z5.3.1. */
@Entity({ tableName: 'ethics_evaluation' })
@ObjectType({ description: 'The yearly ethics evaluation of a teacher (Z5.3.1).' })
@Privacy('TEACHER_ARCHIVE')
export class EthicsEvaluation {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  year!: number;

  @Field(() => EthicsResult, { nullable: true })
  @Enum({ items: () => EthicsResult })
  result!: EthicsResult;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Another person, and not the teacher.' })
  @Property({ type: 'string' })
  approvedBy!: string;
}
