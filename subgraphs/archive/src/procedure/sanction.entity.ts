import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { appealCasesOf } from '../case/appealed.js';
import { Student } from '../student/student.entity.js';
import { groupsOfSanctionState, restsOnNothing } from '../row-groups/procedure.groups.js';
import { SanctionState, SanctionType } from './sanction-state.js';
import { OWNER } from '../student/owner.js';

/** A disciplinary sanction (处分) with its procedure. Source: DOMAIN 2.2, 2.4, L-02. */
@Entity({ tableName: 'sanction' })
@ObjectType({ description: 'A disciplinary sanction with its procedure (处分).' })
@Privacy('SANCTION_FILES')
export class Sanction extends Fact {
  @Field(() => SanctionType, { nullable: true })
  @Enum({ items: () => SanctionType })
  type!: SanctionType;

  @Field(() => String, { nullable: true, description: 'Office whose fact it follows.' })
  @Property({ type: 'string' })
  sourceOffice!: string;

  @Field(() => String, { nullable: true, description: 'Number of the decision.' })
  @Property({ type: 'string', nullable: true })
  docNo?: string;

  @Property({ type: 'date', nullable: true })
  notifiedOn?: string;

  @Property({ type: 'date', nullable: true })
  statementOn?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  servedOn?: string;

  @Field(() => Int, { nullable: true, description: '6 to 12; none of an expulsion (INV-15).' })
  @Property({ type: 'integer', nullable: true })
  termMonths?: number;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  termEndsOn?: string;

  @Also('CLOSED_CONDUCT')
  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  liftedOn?: string;

  @Field(() => Day, { nullable: true, description: 'Last day of an appeal: 10 days from service.' })
  @Property({ type: 'date', nullable: true })
  appealDeadline?: string;

  @Field(() => String, { nullable: true, description: 'Code of the measure list.' })
  @Property({ type: 'string', nullable: true })
  measureListItem?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Resolution of a meeting that an expulsion rests on.',
  })
  @Property({ type: 'string', nullable: true })
  resolutionNo?: string;

  /** Records that a draft is to rest on; they are linked once the student is notified. */
  @Property({ type: 'array' })
  recordIds!: string[];

  /** Public through its resolver, which shows it in part to some. */
  @Enum({ items: () => SanctionState })
  state!: SanctionState;

  /** Groups by its state (3.2). */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfSanctionState(of.state, of.id),
  })
  rowGroups?: string[];

  /** Whether all of its records were revoked. */
  @Property({ type: 'boolean', lazy: true, formula: (of) => restsOnNothing(of.id) })
  isUnfounded?: boolean;

  /** Cases of the committee in which it is appealed (note 23). */
  @Property({ type: 'array', lazy: true, formula: (of) => appealCasesOf(of.id) })
  appealCases?: string[];

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
