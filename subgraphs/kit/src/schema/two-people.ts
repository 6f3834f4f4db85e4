/** Who made a row and who approved it, of rows of which the graph does not show these people (INV-02). */
import { Entity, Property } from '@mikro-orm/decorators/legacy';

@Entity({ abstract: true })
export abstract class TwoPeople {
  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;
}
