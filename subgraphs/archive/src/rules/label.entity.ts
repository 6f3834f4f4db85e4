import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ObjectType } from 'type-graphql';

/** Words for one value of an enum. Source: F-10. */
@ObjectType({ description: 'Words for one value of an enum, a role or a purpose (F-10).' })
@Privacy('RULES')
export class Label {
  @Field(() => String, { nullable: true, description: 'Enum of the graph, or Role, Purpose.' })
  type!: string;

  @Field(() => String, { nullable: true, description: 'The value as the graph writes it.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'Words in zh-CN.' })
  zh!: string;

  @Field(() => String, { nullable: true, description: 'Words in English.' })
  en!: string;
}
