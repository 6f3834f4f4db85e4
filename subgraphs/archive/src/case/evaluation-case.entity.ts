import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A time-boxed task of evaluators over an explicit list of students. Source: G21, INV-09. */
@Entity({ tableName: 'evaluation_case' })
export class EvaluationCase {
  @PrimaryKey({ type: 'string' })
  caseId!: string;

  @Property({ type: 'string' })
  purpose!: string;

  @Property({ type: 'string' })
  title!: string;

  @Property({ type: 'string' })
  hostOffice!: string;

  @Property({ type: 'datetime' })
  opensAt!: Date;

  /** End, not included. */
  @Property({ type: 'datetime' })
  closesAt!: Date;

  @Property({ type: 'string' })
  state!: string;
}
