import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** An evaluator's place in a case, from–to. Source: DOMAIN 2.2, note 5. */
@Entity({ tableName: 'case_assignment' })
export class CaseAssignment {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  caseId!: string;

  @Property({ type: 'string' })
  staffNo!: string;

  @Property({ type: 'datetime' })
  validFrom!: Date;

  @Property({ type: 'datetime' })
  validTo!: Date;

  @Property({ type: 'datetime', nullable: true })
  revokedAt?: Date;

  @Property({ type: 'boolean' })
  conflictOfInterest!: boolean;
}
