import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Consent } from './consent.entity.js';

export enum ProviderMaliceState {
  PROPOSED = 'PROPOSED',
  NOTIFIED = 'NOTIFIED',
  FOUND = 'FOUND',
  DISMISSED = 'DISMISSED',
}
registerEnumType(ProviderMaliceState, {
  name: 'ProviderMaliceState',
  description: 'State of a finding of a provider (2.4).',
});

/**
 * A provider's finding that a row of its own was malice: a document, the student's statement, and a
 * second person of the provider (T-04, L-04). It goes with its row.
 */
@Entity({ tableName: 'provider_malice_finding' })
@ObjectType({
  description: 'A finding of a provider that a row of its own was malice (T-04, L-04).',
})
@Privacy('PENDING_CONDUCT')
export class ProviderMaliceFinding {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Field(() => ID, { nullable: true, description: 'The consent under which its row stands.' })
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

  @Field(() => ID, { nullable: true, description: 'Social credit code of the provider.' })
  @Property({ type: 'string' })
  provider!: string;

  /** The row that it is about: exactly one of the three. */
  @Property({ type: 'uuid', nullable: true })
  cardOverdraftId?: string;

  @Property({ type: 'uuid', nullable: true })
  phoneBillId?: string;

  @Property({ type: 'uuid', nullable: true })
  loanPerformanceId?: string;

  @Field(() => String, { nullable: true, description: "Number of the provider's document." })
  @Property({ type: 'string' })
  docNo!: string;

  /** Of the proposal until it is found. */
  @Field(() => Day, { nullable: true, description: 'Day of the proposal, then of the finding.' })
  @Property({ type: 'date' })
  findingOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'S1 or S2 for a card, S1 for a phone (2.3).',
  })
  @Property({ type: 'string', nullable: true })
  severity?: string;

  /** When the student was notified, before anything was found (L-04). */
  @Property({ type: 'datetime', nullable: true })
  notifiedAt?: Date;

  @Field(() => String, { nullable: true, description: 'What the student states (L-04).' })
  @Property({ type: 'string', nullable: true })
  studentStatement?: string;

  /** Who proposed it. */
  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;

  /** The second person of the provider, who confirmed it. */
  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;

  @Field(() => ProviderMaliceState, { nullable: true })
  @Enum({ items: () => ProviderMaliceState })
  state!: ProviderMaliceState;
}
