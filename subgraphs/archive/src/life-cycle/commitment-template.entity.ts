import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { CommitmentMatter } from './commitment-matter.js';

export enum TemplateState {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  RETIRED = 'RETIRED',
}
registerEnumType(TemplateState, {
  name: 'TemplateState',
  description: 'State of the text of a commitment.',
});

/** The text of a promise (承诺书模板), by matter and version. Source: G8.1, Z5.2.2. */
@Entity({ tableName: 'commitment_template' })
@ObjectType({ description: 'The text of a promise, by matter and version (承诺书模板).' })
@Privacy('RULES')
export class CommitmentTemplate {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => CommitmentMatter, { nullable: true })
  @Enum({ items: () => CommitmentMatter })
  matter!: CommitmentMatter;

  @Field(() => String, { nullable: true, name: 'version' })
  @Property({ type: 'string' })
  templateVersion!: string;

  @Field(() => String, { nullable: true, description: 'Office whose matter it is.' })
  @Property({ type: 'string' })
  ownerOffice!: string;

  @Field(() => [String], { nullable: true, description: 'Who may promise: STUDENT, STAFF, ORG.' })
  @Property({ type: 'json' })
  subjectTypes!: string[];

  @Field(() => [String], { nullable: true })
  @Property({ type: 'json' })
  clauses!: string[];

  @Field(() => [String], { nullable: true, description: 'What a breach leads to.' })
  @Property({ type: 'json' })
  consequences!: string[];

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  validTo?: string;

  @Field(() => TemplateState, { nullable: true })
  @Enum({ items: () => TemplateState })
  state!: TemplateState;
}
