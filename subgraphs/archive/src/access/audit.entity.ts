import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** An audit: the number that every read of an auditor names. Source: DOMAIN 3.1b, 3.4. */
@Entity({ tableName: 'audit' })
export class Audit {
  @PrimaryKey({ type: 'string' })
  auditNo!: string;

  @Property({ type: 'datetime' })
  closesAt!: Date;
}
