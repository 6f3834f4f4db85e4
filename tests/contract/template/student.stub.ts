import { BroughtDecision, Key } from '@chengxin/kit/schema/guard';
import { AccessDecision } from '@chengxin/kit/schema/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType()
@Directive('@key(fields: "studentNo")')
export class Student {
  @Key()
  @Field(() => ID)
  studentNo!: string;

  @BroughtDecision()
  @Field(() => AccessDecision, { nullable: true })
  access?: string | null;
}
