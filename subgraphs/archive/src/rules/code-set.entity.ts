import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A code with its labels.' })
@Inherit()
export class Code {
  @Field(() => ID)
  code!: string;

  @Field(() => String, { nullable: true, description: 'Label in zh-CN.' })
  zh?: string;

  @Field(() => String, { nullable: true, description: 'Label in English.' })
  en?: string;
}

/** A published list of codes; from a data file that names its source. Source: DOMAIN 2.1. */
@ObjectType({ description: 'A published list of codes; empty where no source was found.' })
@Privacy('RULES')
export class CodeSet {
  @Field(() => ID, { nullable: true })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Standard that defines the codes.' })
  standard?: string;

  @Field(() => String, { nullable: true, description: 'Published file that they were taken from.' })
  source?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Date of that file, as exact as it is known.',
  })
  sourceDate?: string;

  @Field(() => String, { nullable: true, description: 'What is left out, or missing.' })
  note?: string;

  @Field(() => [Code], { nullable: true })
  codes!: readonly Code[];
}
