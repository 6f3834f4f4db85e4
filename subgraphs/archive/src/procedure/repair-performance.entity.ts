import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Decimal } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';

/** Overall performance at school, one of the three things that a repair needs. Source: G15. */
@ObjectType({ description: 'Overall performance at school, as the application states it (G15).' })
export class RepairPerformance {
  studentNo!: string;

  @Privacy(['REPAIRS', 'ACADEMIC_SUMMARY'])
  @Field(() => Decimal, { nullable: true })
  gpaDelta?: string | undefined;

  @Privacy(['REPAIRS', 'GOOD_CONDUCT'])
  @Field(() => Decimal, { nullable: true })
  volunteerHours?: string | undefined;

  /** Public through its resolver: those that the caller sees. */
  goodRecordIds!: readonly string[];

  @Privacy(['REPAIRS', 'BAD_CONDUCT'])
  @Field(() => Day, { nullable: true })
  noNewBadSince?: string | undefined;
}
