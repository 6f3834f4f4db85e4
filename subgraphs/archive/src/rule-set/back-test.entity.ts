import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { OWNER } from '../student/owner.js';
import { Student } from '../student/student.entity.js';
import type { SpreadRow } from './spread.rules.js';

/** How many have a grade, of all or of some. */
@ObjectType({ description: 'How many have a grade by each of two rule sets; hidden where few do.' })
@Privacy('GOVERNANCE')
export class GradeSpread {
  @Field(() => String, { nullable: true, description: 'SCHOOL, COLLEGE or COHORT.' })
  by!: string;

  @Field(() => String, { nullable: true, description: 'Code of the college, or year of entry.' })
  key!: string;

  @Field(() => String, { nullable: true, description: 'A, B, C or D.' })
  grade!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'By the set in force; null where a number below ten could be told.',
  })
  before!: number | null;

  @Field(() => Int, { nullable: true, description: 'By the set that is tested; null likewise.' })
  after!: number | null;
}

/** What every student's grade would be by another rule set, on one day. Source: DOMAIN 4.8. */
@Entity({ tableName: 'rule_set_back_test' })
@ObjectType({ description: 'What grades would be by another rule set, on one day (4.8).' })
@Privacy('GOVERNANCE')
export class RuleSetBackTest {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    name: 'ruleSetVersion',
    description: 'The set that is tested.',
  })
  @Property({ type: 'string' })
  ruleSet!: string;

  @Field(() => String, { nullable: true, description: 'Digest of its numbers.' })
  @Property({ type: 'string' })
  sha256!: string;

  @Field(() => ID, { nullable: true, description: 'The set in force, with which it is compared.' })
  @Property({ type: 'string' })
  comparedWith!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  onDay!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  computedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'How many students were scored.' })
  @Property({ type: 'integer' })
  students!: number;

  /** Public through its resolver. */
  @Property({ type: 'json' })
  spread!: readonly SpreadRow[];
}

/** A student whose grade would be another: for who reads his grade. Source: DOMAIN 4.8. */
@Entity({ tableName: 'rule_set_grade_change' })
@ObjectType({ description: 'A student whose grade another rule set would change (4.8).' })
@Privacy('CREDIT_GRADE')
export class RuleSetGradeChange {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  backTestId!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => String, { nullable: true, description: 'By the set in force.' })
  @Property({ type: 'string' })
  gradeBefore!: string;

  @Field(() => String, { nullable: true, description: 'By the set that is tested.' })
  @Property({ type: 'string' })
  gradeAfter!: string;

  /**
   * Whether nothing of the student was computed anew since: a record that has closed changes his
   * credit, and would be told by what was found before (3.7(15)).
   */
  @Property({
    type: 'boolean',
    lazy: true,
    formula: (of) => `(not exists (
      select from credit_snapshot s join rule_set_back_test t on t.id = ${String(of.backTestId)}
      where s.student_no = ${String(of.studentNo)} and s.computed_at > t.computed_at))`,
  })
  isCurrent?: boolean;

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
