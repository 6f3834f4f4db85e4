import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';

/** What a student releases to one employer: one fixed template, for a time and a number of views. */
@ObjectType({
  description: 'The report that a student released to an employer (3.4 note 7, SC-06).',
})
@Privacy('CONSENTS')
export class EmployerReport {
  studentNo!: string;

  @Field(() => String, { nullable: true, description: 'To be shown across each page.' })
  watermark!: string;

  @Field(() => Day, { nullable: true })
  issuedOn!: string;

  /** The report is not to be used after this instant. */
  @Field(() => Instant, { nullable: true })
  validUntil!: Date;

  @Field(() => Boolean, {
    nullable: true,
    description: 'A run was locked after this report was issued; ask the student for a new one.',
  })
  newerReportExists!: boolean;
}
