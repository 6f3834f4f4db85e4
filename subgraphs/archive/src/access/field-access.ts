import { Privacy } from '@chengxin/kit/schema/guard';
import type { Group } from '@chengxin/kit/privacy/groups';
import type { Effect } from '@chengxin/kit/privacy/matrix';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export const AccessEffect: { readonly [E in Effect]: E } = {
  ALLOW: 'ALLOW',
  MASK: 'MASK',
  AGGREGATE: 'AGGREGATE',
  DENY: 'DENY',
};
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  ALLOW: 'All of it.',
  MASK: 'A masked part of it.',
  AGGREGATE: 'Only inside statistics.',
  DENY: 'Nothing.',
};
registerEnumType(AccessEffect, {
  name: 'AccessEffect',
  description: 'What a role may have of a group (3.3).',
  valuesConfig: {
    ALLOW: { description: EFFECT_WORDS.ALLOW },
    MASK: { description: EFFECT_WORDS.MASK },
    AGGREGATE: { description: EFFECT_WORDS.AGGREGATE },
    DENY: { description: EFFECT_WORDS.DENY },
  },
});

/** What the caller's role may have of one group of a student. Source: DOMAIN 2.7, 3.1. */
@ObjectType({ description: 'What the role may have of one group, read from tables alone (2.7).' })
@Privacy('RULES')
export class FieldAccess {
  studentNo!: string;

  /** Past instant of its readers; none for this one. */
  at?: Date | undefined;

  @Field(() => ID, { nullable: true, description: 'Privacy group (3.2).' })
  group!: Group;

  @Field(() => AccessEffect, { nullable: true })
  effect!: Effect;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the group in the privacy matrix, FG01 to FG44.',
  })
  clause!: string;

  @Field(() => String, { nullable: true, description: 'Cell that says so, as errors name it.' })
  rule!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The effect and its condition, in Chinese and English.',
  })
  reason!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Which rows alone pass, in Chinese and English; empty where all of the student do.',
  })
  rows!: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'Digest of the tables in force, as access events have it.',
  })
  tablesHash!: string;
}
