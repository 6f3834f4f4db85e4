import { Inherit } from '@chengxin/kit/schema/guard';
import { Field, ID, ObjectType } from 'type-graphql';

/**
 * A code of an org with what it means. It is decided by the field that gives it and leads nowhere:
 * unlike `Org`, it may stand in lists of students, and nothing of an administration hangs on it.
 */
@ObjectType({ description: 'A code of a college, class or major, and what it is called.' })
@Inherit()
export class OrgName {
  @Field(() => ID)
  orgCode!: string;

  @Field(() => String)
  name!: string;
}
