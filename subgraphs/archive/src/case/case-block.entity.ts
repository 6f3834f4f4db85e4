import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * What blocks the purpose of a case for one student, confirmed by an evaluator. The dossier shows what
 * blocks; that it was confirmed is looked up when the candidate is decided on. Source: DOMAIN 4.6.
 */
@Entity({ tableName: 'case_block' })
export class CaseBlock {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  caseId!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'string' })
  code!: string;

  @Property({ type: 'string' })
  clause!: string;

  @Property({ type: 'string' })
  confirmedBy!: string;

  @Property({ type: 'datetime' })
  confirmedAt!: Date;

  @Property({ type: 'integer' })
  version!: number;
}
