import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';

/** How the student was heard before a sanction. Source: L-02. */
@ObjectType({ description: 'How the student was heard before a sanction (L-02).' })
@Privacy('SANCTION_FILES')
export class Hearing {
  studentNo!: string;

  @Field(() => Day, { nullable: true, description: 'Day of the notice.' })
  notifiedOn?: string | undefined;

  @Field(() => Day, { nullable: true, description: "Day of the student's statement." })
  statementOn?: string | undefined;
}
