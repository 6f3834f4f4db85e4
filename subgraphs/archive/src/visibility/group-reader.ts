import { AccessEffect } from '../access/field-access.js';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import type { Effect } from '@chengxin/kit/privacy/matrix';
import type { Role } from '@chengxin/kit/privacy/roles';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

/** By what somebody may read of a student: a row of the archive with a begin and an end. */
export enum GroundKind {
  GRANT = 'GRANT',
  CASE = 'CASE',
  AUDIT = 'AUDIT',
  AID_ROUND = 'AID_ROUND',
  APPEAL = 'APPEAL',
  REPAIR = 'REPAIR',
  CONSENT = 'CONSENT',
  TOKEN = 'TOKEN',
}
registerEnumType(GroundKind, {
  name: 'GroundKind',
  description: 'By what somebody may read of a student.',
});

export enum ReaderRelation {
  SELF = 'SELF',
  ORG = 'ORG',
  CASE = 'CASE',
  AUDIT = 'AUDIT',
  TOKEN = 'TOKEN',
  EVERY = 'EVERY',
  MATTER = 'MATTER',
  CONSENT = 'CONSENT',
}
registerEnumType(ReaderRelation, {
  name: 'ReaderRelation',
  description: 'How a role stands to the student (3.1).',
});

/** One row by which one person may read: for an audit, which alone sees persons. */
@ObjectType({ description: 'One row by which one person may read a group; for an audit.' })
@Privacy(['ADMINISTRATION', 'STAFF_IDENTITY'])
export class ReadingGround {
  @Field(() => GroundKind, { nullable: true })
  kind!: GroundKind;

  @Field(() => ID, { nullable: true, description: 'Number of the grant, case, audit, consent, ….' })
  reference!: string;

  @Field(() => ID, { nullable: true, description: 'Who; none for the holder of a token.' })
  staffNo!: string | null;

  @Field(() => ID, { nullable: true, description: 'Org of a grant.' })
  orgCode!: string | null;

  @Field(() => Instant, { nullable: true, name: 'from' })
  since!: Date | null;

  @Field(() => Instant, { nullable: true, name: 'to', description: 'End, not included.' })
  until!: Date | null;
}

/** One role that may read a group of a student, and how many people hold it so. */
@ObjectType({
  description: 'A role that may read a group of a student, why, and how many people can.',
})
@Privacy(['ACCESS_LOG', 'CONSENTS'])
export class GroupReader {
  studentNo!: string;

  @Field(() => String, { nullable: true })
  role!: Role;

  @Field(() => ReaderRelation, { nullable: true })
  relation!: ReaderRelation;

  @Field(() => AccessEffect, { nullable: true })
  effect!: Effect;

  @Field(() => String, { nullable: true, description: 'Code of the group, FG01 to FG44.' })
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
    description: 'Which rows alone pass, in Chinese and English.',
  })
  rows!: string[];

  @Field(() => Int, {
    nullable: true,
    description:
      'Who can read it at that instant: people, providers or tokens. Null for the student, where the number would disclose an audit or a matter that he is not yet notified of.',
  })
  people!: number | null;

  @Privacy(['ADMINISTRATION', 'STAFF_IDENTITY'])
  @Field(() => [ReadingGround], {
    nullable: true,
    description: 'By what each of them can; for an audit.',
  })
  grounds!: ReadingGround[];
}
