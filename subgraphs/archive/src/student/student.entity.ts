import { DecisionField, Key, Privacy } from '@chengxin/kit/schema/guard';
import { AccessDecision, Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  inApprovedSubmission,
  inDisciplineMatter,
  inEmploymentMatter,
  inResearchMatter,
} from '../access/own-matter.js';
import { erased } from './erased.js';

export enum EnrolmentStatus {
  ENROLLED = 'ENROLLED',
  SUSPENDED = 'SUSPENDED',
  WITHDRAWN = 'WITHDRAWN',
  TRANSFERRED = 'TRANSFERRED',
  GRADUATED = 'GRADUATED',
  COMPLETED = 'COMPLETED',
  EXPELLED = 'EXPELLED',
}
registerEnumType(EnrolmentStatus, {
  name: 'EnrolmentStatus',
  description: 'Enrolment status (学籍).',
});

export enum StudentScope {
  FULLTIME_JUNIOR = 'FULLTIME_JUNIOR',
  FULLTIME_UNDERGRAD = 'FULLTIME_UNDERGRAD',
}
registerEnumType(StudentScope, { name: 'StudentScope', description: 'Kind of study (G22).' });

/** The core entity: who a student is. Every other fact hangs on `studentNo`. Source: DOMAIN 2.2. */
@Entity({ tableName: 'student' })
@ObjectType({ description: 'A student. All offices add their facts to this type.' })
@Directive('@key(fields: "studentNo")')
@Privacy('IDENTITY')
export class Student {
  @Key()
  @Field(() => ID, { description: 'Student number, the only join key between offices.' })
  @PrimaryKey({ type: 'string' })
  studentNo!: string;

  /** Made for each call, where it is selected; see `sealedDecision`. */
  @DecisionField()
  @Field(() => AccessDecision, { nullable: true })
  access?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Code of the college.' })
  @Property({ type: 'string' })
  college!: string;

  @Field(() => String, { nullable: true, description: 'Code of the class.' })
  @Property({ type: 'string' })
  classCode!: string;

  @Field(() => String, { nullable: true, description: 'Code of the major.' })
  @Property({ type: 'string' })
  majorCode!: string;

  @Field(() => Int, { nullable: true, description: 'Year of entry.' })
  @Property({ type: 'integer' })
  cohort!: number;

  @Field(() => StudentScope, { nullable: true })
  @Enum({ items: () => StudentScope })
  scope!: StudentScope;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  enrolledOn!: string;

  @Field(() => EnrolmentStatus, { nullable: true })
  @Enum({ items: () => EnrolmentStatus })
  enrolmentStatus!: EnrolmentStatus;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  graduationOn?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'Code of GB/T 2261.1.' })
  @Property({ type: 'string' })
  sex!: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  birthDate!: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'Kind of the identity document.' })
  @Property({ type: 'string' })
  idType!: string;

  /** Ciphertext; read through the resolver, compared through the digest. */
  @Property({ type: 'string', fieldName: 'id_number' })
  sealedIdNumber!: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'Code of GB/T 3304.' })
  @Property({ type: 'string', nullable: true })
  ethnicCode?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'Code of GB/T 4762.' })
  @Property({ type: 'string', nullable: true })
  politicalStatus?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'Four digits of GB/T 2260 at most.' })
  @Property({ type: 'string', nullable: true })
  nativePlace?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  address?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  phone?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  email?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  photoRef?: string;

  @Privacy('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'A third person, as the student named him.' })
  @Property({ type: 'string', nullable: true })
  emergencyContact?: string;

  /** Keyed digest: tells whether the number changed. Written, and never read. */
  @Property({ type: 'string', lazy: true })
  idNumberDigest?: string;

  @Property({ type: 'integer' })
  version!: number;

  /** Nothing of him is left to read, for anybody (2.4, F-08). */
  @Property({ type: 'boolean', lazy: true, formula: (of) => erased(of.studentNo) })
  isErased?: boolean;

  /** Whether he stands in a matter of an office: for lists of those who see nobody else (note 12). */
  @Property({ type: 'boolean', lazy: true, formula: (of) => inEmploymentMatter(of.studentNo) })
  inEmploymentMatter?: boolean;

  @Property({ type: 'boolean', lazy: true, formula: (of) => inResearchMatter(of.studentNo) })
  inResearchMatter?: boolean;

  @Property({ type: 'boolean', lazy: true, formula: (of) => inDisciplineMatter(of.studentNo) })
  inDisciplineMatter?: boolean;

  @Property({ type: 'boolean', lazy: true, formula: (of) => inApprovedSubmission(of.studentNo) })
  inApprovedSubmission?: boolean;
}
