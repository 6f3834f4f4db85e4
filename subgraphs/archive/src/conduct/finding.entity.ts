import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';

/** A competent body's decision (认定) that the fact happened. Source: DOMAIN 0.3. */
@ObjectType({ description: "A competent body's decision that the fact happened (认定)." })
@Privacy('BAD_CONDUCT')
export class Finding {
  studentNo!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Body that found it; of security origin with LAW_VIOLATIONS alone.',
  })
  body?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the decision; of security origin with LAW_VIOLATIONS alone.',
  })
  docNo?: string | undefined;

  @Field(() => Day, { nullable: true, description: 'Day of the decision.' })
  date?: string | undefined;
}
