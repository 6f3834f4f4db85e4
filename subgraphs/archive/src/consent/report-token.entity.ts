import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ReportTokenState {
  ISSUED = 'ISSUED',
  USED = 'USED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
  EXHAUSTED = 'EXHAUSTED',
}
registerEnumType(ReportTokenState, {
  name: 'ReportTokenState',
  description: 'State of a report token (2.4).',
});

/** Lets an employer read one report of a student who consented (L-09, 3.4 note 7). */
@Entity({ tableName: 'report_token' })
@ObjectType({
  description:
    'Lets an employer read one report (note 7). The token itself is kept nowhere: its digest alone.',
})
@Privacy('CONSENTS')
export class ReportToken {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'string' })
  tokenHash!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  consentId!: string;

  @Field(() => ID, { nullable: true, description: 'Unified social credit code (GB 32100).' })
  @Property({ type: 'string' })
  recipientUscc!: string;

  @Field(() => String, { nullable: true, description: 'STUDY, CONDUCT or FULL (3.6).' })
  @Property({ type: 'string' })
  reportTemplate!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  maxViews!: number;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  usedViews!: number;

  @Property({ type: 'datetime' })
  issuedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'At most 30 days after its issue.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  watermark!: string;

  @Field(() => ReportTokenState, { nullable: true })
  @Enum({ items: () => ReportTokenState })
  state!: ReportTokenState;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  /** Known in the moment of its issue alone: no column holds it. */
  @Field(() => String, {
    nullable: true,
    description:
      'The token itself, in the answer that issued it and in no other: not in its replay.',
  })
  token?: string;
}
