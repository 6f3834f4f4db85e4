/**
 * What one person proposes and another approves carries beside its own fields, where the graph shows who
 * they are (INV-02, docs/decisions/0004).
 */
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Also } from './guard.js';
import { Instant } from './scalars.js';

@ObjectType()
@Entity({ abstract: true })
export abstract class Proposal {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who proposed it.' })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who approved it; never who proposed it.' })
  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;
}
