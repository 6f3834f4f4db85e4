import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';

/** A guardian's consent to the agreement of a minor: a third person. Source: F-03. */
@ObjectType({ description: "A guardian's consent to the agreement of a minor (F-03)." })
@Privacy(['ACCOUNT', 'SENSITIVE_IDENTITY'])
export class GuardianConsent {
  studentNo!: string;

  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What the guardian is to the student.' })
  relation!: string;

  @Field(() => String, { nullable: true, description: 'How it was given.' })
  form!: string;

  @Field(() => Instant, { nullable: true })
  at!: Date;
}
