import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { YouthRecordState } from './youth-record.state.js';

export enum CadreLevel {
  CLASS = 'CLASS',
  COLLEGE = 'COLLEGE',
  SCHOOL = 'SCHOOL',
  PROVINCE = 'PROVINCE',
  STATE = 'STATE',
}
registerEnumType(CadreLevel, { name: 'CadreLevel', description: 'Level of a cadre post.' });

export enum CadreAppraisal {
  EXCELLENT = 'EXCELLENT',
  COMPETENT = 'COMPETENT',
  BASICALLY_COMPETENT = 'BASICALLY_COMPETENT',
  NOT_COMPETENT = 'NOT_COMPETENT',
}
registerEnumType(CadreAppraisal, {
  name: 'CadreAppraisal',
  description: 'Appraisal of the term of a cadre post.',
});

/** A post of a student cadre (学生干部任职). Source: G6.4, P-05, DOMAIN 2.2. */
@Entity({ tableName: 'cadre_post' })
@ObjectType({ description: 'A post of a student cadre (学生干部任职, G6.4).' })
@Privacy('GOOD_CONDUCT')
export class CadrePost extends Fact {
  @Field(() => String, { nullable: true, description: 'Where the post was held.' })
  @Property({ type: 'string' })
  org!: string;

  @Field(() => String, { nullable: true, description: 'Name of the post.' })
  @Property({ type: 'string' })
  post!: string;

  @Field(() => CadreLevel, { nullable: true, description: 'Level of the post.' })
  @Enum({ items: () => CadreLevel })
  level!: CadreLevel;

  @Field(() => Day, { nullable: true, description: 'First day of the post.' })
  @Property({ type: 'date', fieldName: 'from_on' })
  from!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of the post; null while it is held.' })
  @Property({ type: 'date', fieldName: 'to_on', nullable: true })
  to?: string;

  @Field(() => CadreAppraisal, {
    nullable: true,
    description: 'How the term was appraised; null before it was.',
  })
  @Enum({ items: () => CadreAppraisal, nullable: true })
  appraisal?: CadreAppraisal;

  @Field(() => YouthRecordState, { nullable: true, description: 'State of the record.' })
  @Enum({ items: () => YouthRecordState })
  state!: YouthRecordState;
}
