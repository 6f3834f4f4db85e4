import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Consent } from './consent.entity.js';

/** Rows that a provider handed in at once under one consent: how many, and no value of theirs. */
@Entity({ tableName: 'delivery' })
@ObjectType({ description: 'Rows that a provider handed in at once under one consent (G8.4).' })
@Privacy('CONSENTS')
export class Delivery {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Field(() => ID, { nullable: true, description: 'The consent under which the rows stand.' })
  @Property({ type: 'string' })
  consentId!: string;

  /** The same, for the where-clause that every read takes (INV-10). */
  @ManyToOne({
    entity: () => Consent,
    joinColumn: 'consent_id',
    persist: false,
    createForeignKeyConstraint: false,
  })
  consent?: Consent;

  @Property({ type: 'string' })
  provider!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  receivedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'Rows that were not there before.' })
  @Property({ type: 'integer' })
  newRows!: number;

  @Field(() => Int, { nullable: true, description: 'Rows that were there and are different now.' })
  @Property({ type: 'integer' })
  changedRows!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
