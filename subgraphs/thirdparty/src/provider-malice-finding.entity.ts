import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * A provider's finding that a row of its own was malice: a document, the student's statement, and a
 * second person of the provider (T-04, L-04). Proposed and confirmed by mutations; not imported.
 */
@Entity({ tableName: 'provider_malice_finding' })
export class ProviderMaliceFinding {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'integer' })
  version!: number;

  /** The row that it is about: exactly one of the three. */
  @Property({ type: 'uuid', nullable: true })
  cardOverdraftId?: string;

  @Property({ type: 'uuid', nullable: true })
  phoneBillId?: string;

  @Property({ type: 'uuid', nullable: true })
  loanPerformanceId?: string;

  /** Number of the provider's document. */
  @Property({ type: 'string' })
  docNo!: string;

  @Property({ type: 'date' })
  findingOn!: string;

  /** S1 or S2 for a card, S1 for a phone (2.3). */
  @Property({ type: 'string', nullable: true })
  severity?: string;

  /** When the student was notified, before anything was found (L-04). */
  @Property({ type: 'datetime', nullable: true })
  notifiedAt?: Date;

  @Property({ type: 'string', nullable: true })
  studentStatement?: string;

  @Property({ type: 'string' })
  proposer!: string;

  @Property({ type: 'datetime' })
  proposedAt!: Date;

  @Property({ type: 'string', nullable: true })
  confirmer?: string;

  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date;

  /** PROPOSED, NOTIFIED, FOUND or DISMISSED (DOMAIN 2.4). */
  @Property({ type: 'string' })
  state!: string;
}
