/**
 * What every fact of an office carries beside its own fields (DOMAIN 2.1), and once for all of
 * them: copied into each entity these columns would drift (docs/decisions/0004).
 */
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Also, Inherit } from './guard.js';
import { Roster } from '../read/roster.js';
import { Instant } from './scalars.js';

/** A document that proves a fact. Files are served by the file endpoint only. */
@ObjectType({ description: 'A document that proves a fact.' })
@Directive('@shareable')
@Inherit()
export class Evidence {
  @Field(() => ID)
  id!: string;

  /** Number of the document. */
  @Field(() => String)
  docNo!: string;

  @Field(() => String, { nullable: true })
  title?: string;
}

@ObjectType()
@Entity({ abstract: true })
export abstract class Fact {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** The student whom the fact is about. */
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  /** Grows with each change; mutations name the version that they saw. */
  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  /** Staff number of the clerk. */
  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  /** Staff number of the reviewer, another person than the clerk (INV-02). */
  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;

  /** Documents that prove the fact. */
  @Field(() => [Evidence], { nullable: true })
  @Property({ type: 'json' })
  evidence!: Evidence[];

  /** The student as the roster projection knows him: for filter and sort alone. */
  @ManyToOne({
    entity: () => Roster,
    joinColumn: 'student_no',
    persist: false,
    nullable: true,
    createForeignKeyConstraint: false,
  })
  roster?: Roster;
}
