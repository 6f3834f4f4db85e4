import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { ResearchStage } from './research-project.entity.js';

export enum IntegrityCheckResult {
  PASSED = 'PASSED',
  CONCERNS = 'CONCERNS',
  FAILED = 'FAILED',
}
registerEnumType(IntegrityCheckResult, {
  name: 'IntegrityCheckResult',
  description: 'What an integrity review found.',
});

/** An integrity review at one stage of a project. Source: Z5.4.1. */
@Entity({ tableName: 'student_integrity_check', readonly: true })
@ObjectType({ description: 'An integrity review at one stage of a research project (Z5.4.1).' })
@Privacy('RESEARCH_RECORDS')
export class IntegrityCheck extends Fact {
  @Field(() => ID, { nullable: true, description: 'Number of the project.' })
  @Property({ type: 'string' })
  projectNo!: string;

  @Field(() => ResearchStage, { nullable: true, description: 'Stage that was reviewed.' })
  @Enum({ items: () => ResearchStage })
  stage!: ResearchStage;

  @Field(() => IntegrityCheckResult, { nullable: true, description: 'What was found.' })
  @Enum({ items: () => IntegrityCheckResult })
  result!: IntegrityCheckResult;

  @Property({ type: 'json' })
  members!: string[];

  @Property({ type: 'boolean' })
  hasFinalCase!: boolean;
}
