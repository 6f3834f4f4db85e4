import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum ResearchStage {
  APPLY = 'APPLY',
  APPROVE = 'APPROVE',
  RUN = 'RUN',
  CONCLUDE = 'CONCLUDE',
  PUBLISH = 'PUBLISH',
}
registerEnumType(ResearchStage, {
  name: 'ResearchStage',
  description: 'Stage of the research process (Z5.4.1).',
});

/** A research project, as a row of one of its student members. Source: Z5.4, DOMAIN 2.2. */
@Entity({ tableName: 'student_research_project', readonly: true })
@ObjectType({ description: 'A research project in which the student is a member (Z5.4).' })
@Privacy('RESEARCH_RECORDS')
export class ResearchProject extends Fact {
  @Field(() => ID, { nullable: true, description: 'Number of the project.' })
  @Property({ type: 'string' })
  projectNo!: string;

  @Field(() => String, { nullable: true, description: 'Title of the project.' })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => ResearchStage, { nullable: true, description: 'How far the project is.' })
  @Enum({ items: () => ResearchStage })
  stage!: ResearchStage;

  @Field(() => ID, { nullable: true, description: 'Subject of who leads it.' })
  @Property({ type: 'string' })
  lead!: string;

  /** Read through the resolver, which knows whose members may be shown. */
  @Property({ type: 'json' })
  members!: string[];

  @Property({ type: 'boolean' })
  hasFinalCase!: boolean;
}
