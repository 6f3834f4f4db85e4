import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/**
 * A text that persons are notified of before their data are processed. It is published by two people, as
 * an import, and never changed. Source: L-10, 3.6.
 */
@Entity({ tableName: 'notice_version' })
@ObjectType({ description: 'A text that persons are notified of beforehand (L-10).' })
@Privacy('RULES')
export class NoticeVersion {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  version!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  text!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  validTo?: string;
}
