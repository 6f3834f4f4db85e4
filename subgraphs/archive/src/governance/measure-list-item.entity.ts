import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CatalogueSubject } from '../rules/catalogue-item.entity.js';
import { Field, ID, ObjectType } from 'type-graphql';

/** A measure that may follow misconduct; nothing outside the list may. Source: Z5.5.1, L-16. */
@Entity({ tableName: 'measure_list_item' })
@ObjectType({ description: 'A measure that may follow; nothing outside the list may (Z5.5.1).' })
@Privacy('RULES')
export class MeasureListItem {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'Law, rule or policy that it rests on.' })
  @Property({ type: 'string' })
  basis!: string;

  @Field(() => CatalogueSubject, { nullable: true })
  @Enum({ items: () => CatalogueSubject })
  subjectType!: CatalogueSubject;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  content!: string;

  @Field(() => String, { nullable: true, description: 'Unit that carries it out.' })
  @Property({ type: 'string' })
  executor!: string;
}
