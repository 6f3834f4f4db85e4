import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** A move of a member of staff; at its instant all grants in the old org end. Source: G18.2. */
@Entity({ tableName: 'transfer_notice' })
@ObjectType({ description: 'A move that ends all grants in the old org at once (G18.2).' })
@Privacy(['ADMINISTRATION', 'STAFF_IDENTITY'])
export class TransferNotice {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  fromOrg!: string;

  @Field(() => ID, { nullable: true, description: 'None for who leaves the school.' })
  @Property({ type: 'string', nullable: true })
  toOrg?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  effectiveAt!: Date;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Property({ type: 'integer' })
  version!: number;
}
