import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CommitmentMatter } from '../life-cycle/commitment-matter.js';

/**
 * Numbers to whom an office offers a promise without knowing whether they are anybody's: no field of
 * the graph, and gone once a job has offered it to those who exist. Source: Z5.2.2.
 */
@Entity({ tableName: 'commitment_offer' })
export class CommitmentOffer {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Enum({ items: () => CommitmentMatter })
  matter!: CommitmentMatter;

  @Property({ type: 'string' })
  templateVersion!: string;

  @Property({ type: 'string' })
  ownerOffice!: string;

  @Property({ type: 'string', nullable: true })
  businessRef?: string | undefined;

  @Property({ type: 'date' })
  signBy!: string;

  @Property({ type: 'date', nullable: true })
  dueOn?: string | undefined;

  @Property({ type: 'array' })
  studentNos!: string[];

  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
