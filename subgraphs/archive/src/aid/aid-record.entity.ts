import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum AidKind {
  NATIONAL_GRANT = 'NATIONAL_GRANT',
  HARDSHIP = 'HARDSHIP',
  WORK_STUDY = 'WORK_STUDY',
  TUITION_WAIVER = 'TUITION_WAIVER',
  SCHOLARSHIP = 'SCHOLARSHIP',
  TEMPORARY = 'TEMPORARY',
}
registerEnumType(AidKind, { name: 'AidKind', description: 'What an aid record is of.' });

export enum HardshipLevel {
  SPECIAL = 'SPECIAL',
  HARD = 'HARD',
  GENERAL = 'GENERAL',
}
registerEnumType(HardshipLevel, {
  name: 'HardshipLevel',
  description: 'How hard the family has it: SPECIAL is hardest.',
});

/** What a student was granted, or found to need, in one academic year. Source: G8.3, DOMAIN 2.2. */
@Entity({ tableName: 'aid_fact' })
@ObjectType({ description: 'What a student was granted, or found to need, in a year (G8.3).' })
@Privacy('LOANS_AND_AID')
export class AidRecord extends Fact {
  @Field(() => AidKind, { nullable: true })
  @Enum({ items: () => AidKind })
  kind!: AidKind;

  @Field(() => String, { nullable: true, description: 'Academic year, 2025-2026.' })
  @Property({ type: 'string' })
  academicYear!: string;

  @Field(() => Int, { nullable: true, description: 'Amount in fen; null for what is no money.' })
  @Property({ type: 'integer', nullable: true })
  amountFen?: number;

  /** Public through its resolver, which knows the round of the request. */
  @Enum({ items: () => HardshipLevel, nullable: true })
  hardshipLevel?: HardshipLevel;

  /** Public through its resolver, which knows the round of the request. */
  @Property({ type: 'json' })
  factors!: string[];

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  decidedOn!: string;

  /** Rounds of its academic year: facts of a round are read in that round (F-04). */
  @Property({ type: 'string[]' })
  roundIds!: string[];
}
