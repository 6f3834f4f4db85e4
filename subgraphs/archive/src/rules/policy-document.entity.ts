import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** A regulation that the archive rests on. Source: G1, G23, Z0. */
@Entity({ tableName: 'policy_document' })
@ObjectType({ description: 'A regulation that the archive rests on (G1, G23).' })
@Privacy('RULES')
export class PolicyDocument {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  docNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => Day, { nullable: true, name: 'date' })
  @Property({ type: 'date' })
  issuedOn!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  uri?: string;

  @Field(() => String, { nullable: true, description: 'Office that interprets it.' })
  @Property({ type: 'string', nullable: true })
  interpreter?: string;
}
