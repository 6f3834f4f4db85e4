import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';
import { CaseResult } from './case-decision.entity.js';
import { CasePurpose } from './evaluation-case.entity.js';

/** A student's own entry in a case, and nobody else's. Source: G21, 3.4 (30). */
@ObjectType({ description: "A student's own entry in a case: nothing of anybody else (G21)." })
@Privacy('CASES')
export class CaseEntry {
  @Field(() => CasePurpose, { nullable: true })
  purpose!: CasePurpose;

  @Field(() => String, { nullable: true, description: 'Unit that runs the case.' })
  hostOffice!: string;

  @Field(() => Instant, { nullable: true })
  opensAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'End, not included.' })
  closesAt!: Date;

  @Field(() => CaseResult, {
    nullable: true,
    description: 'What was decided on the student; none before the case is decided.',
  })
  result!: CaseResult | null;

  @Field(() => [String], { nullable: true, description: 'Codes of the reasons for it.' })
  reasonCodes!: string[] | null;
}
