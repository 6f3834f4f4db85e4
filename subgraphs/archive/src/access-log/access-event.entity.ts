import type { AccessEffect } from '@chengxin/kit/disclosure/access-call';
import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, ManyToOne, OneToMany, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { Audit } from '../access/audit.entity.js';
import { groupsOfReading } from './reading-groups.js';

@ObjectType({ description: 'A privacy group that was selected, and how open it was.' })
@Inherit()
export class AskedGroup {
  @Field(() => ID, { description: 'Name of the group: TUITION.' })
  group!: string;

  @Field(() => String, { description: 'ALLOW, MASK or DENY: by role and relation, never by row.' })
  effect!: AccessEffect;
}

/** What one call to one office showed within an event: a view, for calls are written whole. */
@Entity({ tableName: 'access_event_part' })
export class AccessEventPart {
  @ManyToOne({ entity: () => AccessEvent, primary: true, joinColumn: 'event_id' })
  event!: AccessEvent;

  @PrimaryKey({ type: 'uuid' })
  callId!: string;

  @PrimaryKey({ type: 'integer' })
  part!: number;

  @Property({ type: 'string' })
  office!: string;

  @Property({ type: 'array' })
  allowed!: string[];

  @Property({ type: 'array' })
  masked!: string[];

  @Property({ type: 'array' })
  denied!: string[];

  /** Of a list: how many students stood in it. */
  @Property({ type: 'integer', nullable: true })
  studentCount?: number;
}

/** Who requested what of a student: one event per request and student. Source: INV-12, L-04. */
@Entity({ tableName: 'access_event' })
@ObjectType({ description: 'Who requested what of a student: one event per request and student.' })
@Privacy('ACCESS_LOG')
export class AccessEvent {
  @PrimaryKey({ type: 'string' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'One request to the graph.' })
  @Property({ type: 'string' })
  requestId!: string;

  /** Of whom it was selected; empty where nobody is named. */
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  at!: Date;

  @Property({ type: 'string' })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'Role of the request.' })
  @Property({ type: 'string' })
  actorRole!: string;

  @Property({ type: 'string', nullable: true })
  actorName?: string;

  @Property({ type: 'string', nullable: true })
  actorOffice?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  purpose!: string;

  @Field(() => ID, { nullable: true, description: 'Case, audit, consent or round.' })
  @Property({ type: 'string', nullable: true })
  reference?: string;

  @Field(() => String, { nullable: true, description: 'As the client named it.' })
  @Property({ type: 'string', nullable: true })
  operationName?: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Digest of the privacy tables by which it was decided; none of older events.',
  })
  @Property({ type: 'string', nullable: true })
  tablesHash?: string;

  /** Groups of what it was read for, as that stands now. */
  @Property({ type: 'array', lazy: true, formula: (of) => groupsOfReading(of) })
  rowGroups?: string[];

  @OneToMany({ entity: () => AccessEventPart, mappedBy: 'event' })
  parts?: Iterable<AccessEventPart>;

  @ManyToOne({
    entity: () => Audit,
    joinColumn: 'reference',
    persist: false,
    nullable: true,
    createForeignKeyConstraint: false,
  })
  audit?: Audit;
}
