import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** What a meeting resolved. Source: Z4.3. */
@Entity({ tableName: 'resolution' })
@ObjectType({ description: 'What a meeting resolved (Z4.3).' })
@Privacy('GOVERNANCE')
export class Resolution {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  resolutionNo!: string;

  @Property({ type: 'string' })
  meetingId!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;
}
