import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * A consent as the archive last published it: rows stand under it while it is in force (INV-10).
 */
@Entity({ tableName: 'consent' })
export class Consent {
  /** The only key that a provider knows (T-04). */
  @PrimaryKey({ type: 'string' })
  consentId!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'string' })
  purpose!: string;

  /** Unified social credit code of the provider to whom it was given. */
  @Property({ type: 'string' })
  recipientUscc!: string;

  /** Groups that it names; unknown of one that was published before they were carried. */
  @Property({ type: 'json', nullable: true })
  fieldGroups?: string[] | null;

  @Property({ type: 'datetime' })
  grantedAt!: Date;

  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  withdrawnAt?: Date;

  @Property({ type: 'integer' })
  version!: number;
}
