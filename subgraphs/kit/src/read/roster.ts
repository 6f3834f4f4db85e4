import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, InputType } from 'type-graphql';
import type { Order } from './page.js';
import { Reads } from '../schema/reads.js';

/** A student as the archive last published him: for filter and sort, never for a decision. */
@Entity({ tableName: 'roster' })
export class Roster {
  @PrimaryKey({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'string' })
  name!: string;

  @Property({ type: 'string' })
  college!: string;

  @Property({ type: 'string' })
  classCode!: string;

  @Property({ type: 'string' })
  status!: string;

  @Property({ type: 'integer' })
  version!: number;
}

/** Narrows a root list by what the roster knows of the student: group IDENTITY, open to the office. */
@InputType()
export class RosterFilter {
  @Reads('Student.studentNo')
  @Field(() => ID, { nullable: true })
  studentNo?: string;

  @Reads('Student.name')
  @Field(() => String, { nullable: true })
  name?: string;

  @Reads('Student.college')
  @Field(() => String, { nullable: true, description: 'Code of the college.' })
  college?: string;

  @Reads('Student.classCode')
  @Field(() => String, { nullable: true, description: 'Code of the class.' })
  classCode?: string;

  @Reads('Student.enrolmentStatus')
  @Field(() => String, { nullable: true, description: 'Enrolment status.' })
  status?: string;
}

/** The where-clause of a roster filter, on facts that carry `roster`. */
export const rosterClauses = (filter: RosterFilter | undefined): object[] =>
  Object.entries(filter ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) =>
      name === 'studentNo' ? { studentNo: value } : { roster: { [name]: value } },
    );

/** The order by class and student, for facts that carry `roster`. */
export const BY_STUDENT: Order = [
  ['roster.classCode', 'asc'],
  ['studentNo', 'asc'],
  ['id', 'asc'],
];

/** Where-clauses of the plain fields of a filter: equal, and nothing else. */
export const equalClauses = (filter: object | undefined, fields: readonly string[]): object[] =>
  fields.flatMap((field) => {
    const value = (filter as Record<string, unknown> | undefined)?.[field];
    return value === undefined || value === null ? [] : [{ [field]: value }];
  });
