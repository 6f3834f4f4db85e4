import { BroughtDecision, Key } from '@chengxin/kit/schema/guard';
import { AccessDecision } from '@chengxin/kit/schema/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A student as this office names him; the archive owns the rest. */
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
