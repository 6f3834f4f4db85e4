import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** One of the six dimensions of misconduct; from a data file, not from a table. Source: G9. */
@ObjectType({ description: 'One of the six dimensions of misconduct (G9).' })
@Privacy('RULES')
export class Dimension {
  @Field(() => ID, { nullable: true, description: 'D1 to D6.' })
  code!: string;

  @Field(() => String, { nullable: true })
  nameZh!: string;

  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it requires; shown, never scored.' })
  virtueLine!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Most that it takes from a score, in hundredths of a point.',
  })
  deductionCap!: number;
}
