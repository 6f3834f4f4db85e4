import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A member of staff or a service account, as far as logging in needs. Source: DOMAIN 0.2. */
@Entity({ tableName: 'staff' })
export class Staff {
  @PrimaryKey({ type: 'string' })
  staffNo!: string;

  @Property({ type: 'string' })
  name!: string;

  @Property({ type: 'string', nullable: true })
  title?: string;

  @Property({ type: 'string', nullable: true })
  orgCode?: string;
}
