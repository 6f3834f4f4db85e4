import { Privacy } from '@chengxin/kit/schema/guard';
import type { Group } from '@chengxin/kit/privacy/groups';
import { Decimal } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Dimension } from './dimension.entity.js';
import { Severity } from './severity.js';

/** A coded kind of conduct; from a data file, not from a table. Source: G9, DOMAIN 2.3. */
@ObjectType({ description: 'A coded kind of conduct, bad (D…) or good (P…) (G9).' })
@Privacy('RULES')
export class Indicator {
  @Field(() => ID, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  nameZh!: string;

  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => Dimension, { nullable: true, description: 'Null for good conduct.' })
  dimension?: Dimension;

  @Field(() => Decimal, { nullable: true, description: 'Factor of a deduction; null for good.' })
  weight?: string;

  @Field(() => [Severity], {
    nullable: true,
    description: 'Severities that a finding may give (INV-04); null for good conduct.',
  })
  severityRange?: Severity[];

  @Field(() => Int, {
    nullable: true,
    description: 'What one good record adds, in hundredths of a point; null for bad conduct.',
  })
  points?: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Most that it adds or takes, in hundredths of a point; overdrafts of credit cards and of phone cards (D2-02, D2-03) share one.',
  })
  cap?: number;

  @Field(() => String, {
    nullable: true,
    description: 'Office that finds it; null where the table names none.',
  })
  ownerOffice?: string;

  @Field(() => String, { nullable: true, description: 'Clause that the code is taken from.' })
  source?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Privacy group that its records take beside BAD_CONDUCT or GOOD_CONDUCT.',
  })
  origin!: Group;

  /** Subgraph whose findings may have this code. */
  subgraph?: string;
}
