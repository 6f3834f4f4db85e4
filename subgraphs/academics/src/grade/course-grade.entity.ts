import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Decimal } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ScoreScale } from './score.js';

export enum GradeState {
  PUBLISHED = 'PUBLISHED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(GradeState, {
  name: 'GradeState',
  description: 'Whether a grade stands or was withdrawn (annulled); it stays readable as such.',
});

/** The result of one attempt at one course. Source: G6.2, DOMAIN 2.2. */
@Entity({ tableName: 'course_grade' })
@ObjectType({ description: 'The result of one attempt at one course (G6.2).' })
@Privacy('GRADES')
export class CourseGrade extends Fact {
  @Field(() => String, { nullable: true, description: 'Term, 2025-1.' })
  @Property({ type: 'string' })
  termCode!: string;

  @Field(() => String, { nullable: true, description: 'Code of the course.' })
  @Property({ type: 'string' })
  courseCode!: string;

  @Field(() => String, { nullable: true, description: 'Name of the course.' })
  @Property({ type: 'string' })
  courseName!: string;

  @Field(() => Decimal, { nullable: true, description: 'Credits of the course, to one decimal.' })
  @Property({ type: 'decimal', precision: 4, scale: 1 })
  credits!: string;

  @Property({ type: 'decimal', precision: 5, scale: 2 })
  scoreRaw!: string;

  @Enum({ items: () => ScoreScale })
  scoreScale!: ScoreScale;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Grade point, 0.00–4.00; null where the course has none.',
  })
  @Property({ type: 'decimal', precision: 3, scale: 2, nullable: true })
  gradePoint?: string;

  @Field(() => Int, { nullable: true, description: '1 for the first attempt.' })
  @Property({ type: 'integer' })
  attempt!: number;

  @Field(() => GradeState, { nullable: true, description: 'Whether the grade stands.' })
  @Enum({ items: () => GradeState })
  state!: GradeState;
}
