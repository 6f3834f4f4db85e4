import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum AidRoundState {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(AidRoundState, {
  name: 'AidRoundState',
  description: 'Whether an aid round runs, within its window.',
});

/** In which hardship facts of some orgs may be read, for one academic year. Source: F-04, note 9. */
@Entity({ tableName: 'aid_round' })
@ObjectType({ description: 'A round of aid: hardship facts are read inside it alone (F-04).' })
@Privacy('RULES')
export class AidRound {
  @Field(() => ID, {
    nullable: true,
    description: 'What `x-reference` names with purpose AID_REVIEW.',
  })
  @PrimaryKey({ type: 'string' })
  roundId!: string;

  @Field(() => String, { nullable: true, description: 'Academic year, 2025-2026.' })
  @Property({ type: 'string' })
  academicYear!: string;

  @Field(() => [ID], { nullable: true, description: 'Orgs whose students it is for.' })
  @Property({ type: 'json' })
  orgCodes!: string[];

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  opensAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'End, not included.' })
  @Property({ type: 'datetime' })
  closesAt!: Date;

  @Field(() => AidRoundState, { nullable: true })
  @Enum({ items: () => AidRoundState })
  state!: AidRoundState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
