import { TwoPeople } from '@chengxin/kit/schema/two-people';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
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

/** What a student signs by a text. Source: G10.2. */
export enum TemplateKind {
  COMMITMENT = 'COMMITMENT',
  AGREEMENT = 'AGREEMENT',
}
registerEnumType(TemplateKind, {
  name: 'TemplateKind',
  description: 'What is signed by a text: a commitment, or the service agreement.',
});

/**
 * The text of a promise (承诺书模板) or of the service agreement, by matter and version. Source: G8.1, G10.2,
 * Z5.2.2.
 */
@Entity({ tableName: 'commitment_template' })
@ObjectType({
  description:
    'The text of a promise or of the service agreement, by matter and version (承诺书模板).',
})
@Privacy('RULES')
export class CommitmentTemplate extends TwoPeople {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => TemplateKind, { nullable: true })
  @Enum({ items: () => TemplateKind })
  kind!: TemplateKind;

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

  @Field(() => Int, {
    nullable: true,
    name: 'revision',
    description: 'Grows with each change of the draft; mutations name it as expectedVersion.',
  })
  @Property({ type: 'integer' })
  version!: number;
}
