import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';
import { VerificationState } from './archive-state.js';

/** The student's check of his own data within the set time. Source: G7.2c, G10.4. */
@ObjectType({ description: "The student's check of his own data within the set time (G10.4)." })
@Privacy('ACCOUNT')
export class Verification {
  studentNo!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of the check.' })
  dueOn!: string;

  @Field(() => VerificationState, {
    nullable: true,
    description: 'CONFIRMED_WITH_APPEAL reads CONFIRMED without APPEALS.',
  })
  state!: VerificationState;

  @Field(() => Instant, { nullable: true })
  confirmedAt?: Date | undefined;
}
