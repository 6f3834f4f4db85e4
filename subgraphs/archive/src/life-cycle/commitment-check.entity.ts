import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum CheckPhase {
  MID = 'MID',
  POST = 'POST',
}
registerEnumType(CheckPhase, { name: 'CheckPhase', description: 'When a commitment is checked.' });

export enum CheckResult {
  FULFILLED = 'FULFILLED',
  IN_PROGRESS = 'IN_PROGRESS',
  DEVIATION = 'DEVIATION',
  BREACH = 'BREACH',
}
registerEnumType(CheckResult, {
  name: 'CheckResult',
  description: 'What a check of a commitment found.',
});

/** A check (履约核查) of a commitment by the office whose matter it is. Source: Z5.2.2. */
@Entity({ tableName: 'commitment_check' })
@ObjectType({ description: 'A check of a commitment by the office whose matter it is (履约核查).' })
@Privacy('COMMITMENTS')
export class CommitmentCheck extends Fact {
  @Field(() => ID, { nullable: true })
  @Property({ type: 'uuid' })
  commitmentId!: string;

  @Field(() => CheckPhase, { nullable: true })
  @Enum({ items: () => CheckPhase })
  phase!: CheckPhase;

  @Field(() => String, { nullable: true, description: 'Office that checked.' })
  @Property({ type: 'string' })
  checkedBy!: string;

  /** Unproven until the commitment is BREACHED: public through the resolver. */
  @Enum({ items: () => CheckResult })
  result!: CheckResult;

  @Property({ type: 'string', nullable: true })
  note?: string;

  @Property({ type: 'date', nullable: true })
  rectifyBy?: string;
}
