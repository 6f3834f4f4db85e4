import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum CreditReportForm {
  PAPER = 'PAPER',
  CREDENTIAL = 'CREDENTIAL',
}
registerEnumType(CreditReportForm, {
  name: 'CreditReportForm',
  description: 'A PDF with a check code, or a credential that is verified offline (SD-JWT VC).',
});

export enum CreditReportState {
  ISSUED = 'ISSUED',
  REVOKED = 'REVOKED',
}
registerEnumType(CreditReportState, {
  name: 'CreditReportState',
  description: 'Whether a report was taken back.',
});

export enum CreditReportValidity {
  VALID = 'VALID',
  SUPERSEDED = 'SUPERSEDED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(CreditReportValidity, {
  name: 'CreditReportValidity',
  description: 'What whoever verifies a report is answered.',
});

/** A report that a student hands over himself, under his consent to its recipient (Z2.1, L-09). */
@Entity({ tableName: 'credit_report' })
@ObjectType({
  description:
    'A report that a student hands over. Its document and its check code are kept nowhere.',
})
@Privacy('CREDIT_GRADE')
export class CreditReport {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Privacy('CONSENTS')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  consentId!: string;

  @Field(() => CreditReportForm, { nullable: true })
  @Enum({ items: () => CreditReportForm })
  form!: CreditReportForm;

  @Privacy('CONSENTS')
  @Field(() => String, { nullable: true, description: 'STUDY, CONDUCT or FULL (3.6).' })
  @Property({ type: 'string' })
  reportTemplate!: string;

  @Property({ type: 'string' })
  watermark!: string;

  @Property({ type: 'integer' })
  statusIdx!: number;

  @Property({ type: 'datetime' })
  issuedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'From 7 to 180 days after its issue.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  /** Of the document that was made of it, once; nothing is valid before. */
  @Property({ type: 'string', nullable: true })
  documentDigest?: string;

  @Privacy('CONSENTS')
  @Field(() => Int, {
    nullable: true,
    description: 'How often its check code was looked up; offline nobody is counted.',
  })
  @Property({ type: 'integer' })
  timesVerified!: number;

  @Privacy('CONSENTS')
  @Field(() => Instant, { nullable: true, description: 'When it was looked up last.' })
  @Property({ type: 'datetime', nullable: true })
  lastVerifiedAt?: Date;

  @Field(() => CreditReportState, { nullable: true })
  @Enum({ items: () => CreditReportState })
  state!: CreditReportState;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  /** Known in the moment of its issue alone: no column holds it. */
  @Field(() => String, {
    nullable: true,
    description:
      'The check code, in the answer that issued the report and in no other: not in its replay.',
  })
  checkCode?: string;
}
