import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum ExamType {
  SCHOOL = 'SCHOOL',
  STATE = 'STATE',
  CERT = 'CERT',
}
registerEnumType(ExamType, {
  name: 'ExamType',
  description: 'Who holds an exam: the school, the state, or a body that gives certificates.',
});

export enum ExamViolationState {
  PROPOSED = 'PROPOSED',
  NOTIFIED = 'NOTIFIED',
  DISMISSED = 'DISMISSED',
  FOUND = 'FOUND',
  ACTIVE = 'ACTIVE',
  MITIGATED = 'MITIGATED',
  REPAIRED = 'REPAIRED',
  LIFTED = 'LIFTED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
  SEALED = 'SEALED',
}
registerEnumType(ExamViolationState, {
  name: 'ExamViolationState',
  description: 'State of an exam violation (2.4, conduct record).',
});

/** A breach of exam discipline (D1-04) or cheating (D1-05). Source: G9.1, L-22, DOMAIN 2.2. */
@Entity({ tableName: 'exam_violation' })
@ObjectType({ description: 'A breach of exam discipline (D1-04) or cheating in an exam (D1-05).' })
@Privacy('ACADEMIC_MISCONDUCT')
export class ExamViolation extends Fact {
  /** Number in the books of academic affairs; names the fact for imports. */
  @Property({ type: 'string' })
  violationNo!: string;

  @Field(() => ExamType, { nullable: true, description: 'Who held the exam.' })
  @Enum({ items: () => ExamType })
  examType!: ExamType;

  @Field(() => String, {
    nullable: true,
    description:
      'Code of the act in the national list of exam breaches and cheating (教育部令第33号).',
  })
  @Property({ type: 'string' })
  actCode!: string;

  /** Read through the resolver, which knows the flag. */
  @Property({ type: 'string' })
  indicatorCode!: string;

  /** S1–S4 in the range of the indicator (INV-04); predicates look at it, nobody reads it. */
  @Property({ type: 'string' })
  severity!: string;

  @Field(() => String, { nullable: true, description: 'Session of the exam.' })
  @Property({ type: 'string' })
  session!: string;

  @Property({ type: 'date' })
  occurredOn!: string;

  @Property({ type: 'string', nullable: true })
  findingBody?: string;

  @Property({ type: 'string', nullable: true })
  decisionDocNo?: string;

  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Property({ type: 'date', nullable: true })
  noticeDeliveredOn?: string;

  @Field(() => ExamViolationState, { nullable: true, description: 'State of the fact (2.4).' })
  @Enum({ items: () => ExamViolationState })
  state!: ExamViolationState;
}
