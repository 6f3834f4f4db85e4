import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, ObjectType } from 'type-graphql';

/** What raised a warning. Source: DOMAIN 2.2, 4.7. */
@ObjectType({ description: 'What raised a warning.' })
@Privacy('SUPERVISION')
export class WarningTrigger {
  studentNo!: string;

  @Field(() => String, { nullable: true, description: 'Rule that was met.' })
  rule!: string;

  @Field(() => String, { nullable: true, description: 'Privacy group of what met it.' })
  group?: string | undefined;

  @Also('COMMITMENTS')
  @Field(() => ID, { nullable: true, description: 'The promise that it is about, if it is one.' })
  commitmentId?: string | null | undefined;

  /** For the student and Student Affairs alone, whatever the cell says (DOMAIN 3.4). */
  @Privacy(['SUPERVISION', 'CREDIT_SCORE', 'SUBJECT_REQUESTS'])
  @Field(() => String, { nullable: true, description: 'The values that met it, as JSON.' })
  values!: string;
}
