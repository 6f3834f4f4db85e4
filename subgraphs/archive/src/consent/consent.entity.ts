import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { namesSchool } from '../org/school.js';

export enum ConsentPurpose {
  THIRD_PARTY_COLLECT = 'THIRD_PARTY_COLLECT',
  EMPLOYER_REPORT = 'EMPLOYER_REPORT',
  MODEL_CASE = 'MODEL_CASE',
  POSTGRAD_LOAN = 'POSTGRAD_LOAN',
  PROVIDER_SHARE = 'PROVIDER_SHARE',
}
registerEnumType(ConsentPurpose, {
  name: 'ConsentPurpose',
  description: 'What a consent is for (L-09).',
});

export enum ConsentForm {
  SEPARATE = 'SEPARATE',
  WRITTEN = 'WRITTEN',
}
registerEnumType(ConsentForm, { name: 'ConsentForm', description: 'How a consent was given.' });

@ObjectType({ description: 'To whom a consent lets data go.' })
@Privacy('CONSENTS')
export class Recipient {
  studentNo!: string;

  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Unified social credit code (GB 32100).' })
  uscc!: string;
}

/** Separate consent for one purpose and one recipient; as easy to withdraw as to give (L-09). */
@Entity({ tableName: 'consent' })
@ObjectType({ description: 'Separate consent for one purpose and one recipient (L-09).' })
@Privacy('CONSENTS')
export class Consent {
  @Field(() => ID, { nullable: true, description: 'The only key that a provider knows (T-04).' })
  @PrimaryKey({ type: 'string' })
  consentId!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ConsentPurpose, { nullable: true })
  @Enum({ items: () => ConsentPurpose })
  purpose!: ConsentPurpose;

  @Field(() => [String], { nullable: true })
  @Property({ type: 'json' })
  fieldGroups!: string[];

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  reportTemplate?: string;

  @Property({ type: 'string' })
  recipientName!: string;

  @Property({ type: 'string' })
  recipientUscc!: string;

  /** The school itself is the recipient (note 28, note 33). */
  @Property({ type: 'boolean', lazy: true, formula: (of) => namesSchool(of.recipientName) })
  namesSchool?: boolean;

  /** Report tokens that stand under it (note 7). */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => `array(select t.id::text from report_token t
      where t.consent_id = ${of.consentId})`,
  })
  tokenIds?: string[];

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  noticeVersion!: string;

  /** Nothing of one that was requested and is not given yet. */
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  grantedAt?: Date;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  withdrawnAt?: Date;

  /** When the job found it expired; it is out of force from `expiresAt` on. */
  @Property({ type: 'datetime', nullable: true })
  expiredAt?: Date;

  @Field(() => ConsentForm, { nullable: true })
  @Enum({ items: () => ConsentForm })
  form!: ConsentForm;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  /** Who requested it, or wrote it down from paper. */
  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
