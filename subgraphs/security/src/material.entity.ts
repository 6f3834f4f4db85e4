import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';

/**
 * A file behind a law violation. The graph discloses that there is one, never where. Source: G6.1.
 */
@Entity({ tableName: 'material' })
@ObjectType({ description: 'A file behind a law violation (G6.1); served by the file endpoint.' })
@Privacy('LAW_VIOLATIONS')
export class Material {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'uuid' })
  lawViolationId!: string;

  @Field(() => String, { nullable: true, description: 'Keyed digest of the file.' })
  @Property({ type: 'string' })
  digest!: string;

  @Field(() => String, { nullable: true, description: 'Confidentiality: L4, sensitive.' })
  @Property({ type: 'string' })
  class!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether others are named in it; the person himself then gets a redacted copy.',
  })
  @Property({ type: 'boolean' })
  namesThirdPersons!: boolean;
}
