import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { groupsOfSupervision } from '../row-groups/supervision.groups.js';

export enum SupervisionLevel {
  L0 = 'L0',
  L1 = 'L1',
  L2 = 'L2',
  L3 = 'L3',
}
registerEnumType(SupervisionLevel, {
  name: 'SupervisionLevel',
  description: 'L0 incentive, L1 routine, L2 focused, L3 key attention (4.6).',
});

export enum SupervisionPhase {
  PRE = 'PRE',
  MID = 'MID',
  POST = 'POST',
}
registerEnumType(SupervisionPhase, {
  name: 'SupervisionPhase',
  description: 'Before, during or after a matter (Z3.2).',
});

/** The level of supervision (信用监管) that follows a grade. Source: Z3.2, DOMAIN 4.6. */
@Entity({ tableName: 'supervision' })
@ObjectType({ description: 'The level of supervision that follows a grade (信用监管, 4.6).' })
@Privacy('SUPERVISION')
export class Supervision extends Fact {
  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  sourceOffice!: string;

  @Field(() => SupervisionLevel, { nullable: true })
  @Enum({ items: () => SupervisionLevel })
  level!: SupervisionLevel;

  @Field(() => SupervisionPhase, { nullable: true })
  @Enum({ items: () => SupervisionPhase })
  phase!: SupervisionPhase;

  @Field(() => [String], { nullable: true, description: 'Codes of the measure list.' })
  @Property({ type: 'json' })
  measures!: string[];

  @Also('CREDIT_GRADE')
  @Field(() => ID, { nullable: true, description: 'The snapshot that it follows.' })
  @Property({ type: 'uuid' })
  snapshotId!: string;

  @Property({ type: 'boolean' })
  awaitsConfirmation!: boolean;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  effectiveFrom!: string;

  /** CLOSED_CONDUCT where a line of the snapshot is of a record now over (NO_CLOSED_LINE). */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfSupervision(of),
  })
  rowGroups?: string[];
}
