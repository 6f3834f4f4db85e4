import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GrantState } from './grant-state.js';

/** A role held in an org from–to. Source: G18, DOMAIN 2.2. */
@Entity({ tableName: 'admin_grant' })
@ObjectType({ description: 'A role held in an org from–to (G18).' })
@Privacy('ADMINISTRATION')
export class AdminGrant {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  role!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  orgCode!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  validFrom!: Date;

  @Field(() => Instant, { nullable: true, description: 'End, not included.' })
  @Property({ type: 'datetime', nullable: true })
  validTo?: Date;

  @Field(() => ID, { nullable: true, description: 'Training passed before the grant (G5.2).' })
  @Property({ type: 'string', nullable: true })
  trainingId?: string;

  @Field(() => GrantState, { nullable: true })
  @Enum({ items: () => GrantState })
  state!: GrantState;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who approved it; never the holder.' })
  @Property({ type: 'string', fieldName: 'approved_by', nullable: true })
  grantedBy?: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, {
    nullable: true,
    description: 'Whose role it is, when he delegates it for a time.',
  })
  @Property({ type: 'string', nullable: true })
  delegatedBy?: string;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;
}
