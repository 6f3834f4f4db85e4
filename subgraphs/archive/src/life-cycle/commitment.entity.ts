import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { CommitmentMatter, CommitmentState } from './commitment-matter.js';
import { OWNER } from '../student/owner.js';

/** A signed promise (承诺书) in one matter. Source: G8.1, Z5.2.2. */
@Entity({ tableName: 'commitment' })
@ObjectType({ description: 'A signed promise in one matter (承诺书, G8.1, Z5.2.2).' })
@Privacy('COMMITMENTS')
export class Commitment extends Fact {
  /** Who promises, where it is a member of staff. */
  @Property({ type: 'string', nullable: true })
  staffNo?: string;

  @Field(() => CommitmentMatter, { nullable: true })
  @Enum({ items: () => CommitmentMatter })
  matter!: CommitmentMatter;

  @Field(() => String, { nullable: true, description: 'Version of the text that was signed.' })
  @Property({ type: 'string' })
  templateVersion!: string;

  /** Office whose matter it is, as its template says. */
  @Property({ type: 'string' })
  ownerOffice!: string;

  /** Public through its resolver: what is promised for aid discloses the aid. */
  @Property({ type: 'string', nullable: true })
  businessRef?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  signedAt?: Date;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  signatureHash?: string;

  @Field(() => Day, { nullable: true, description: 'Last day on which it may be signed.' })
  @Property({ type: 'date', nullable: true })
  signBy?: string;

  @Field(() => Day, { nullable: true, description: 'Day by which it is to be kept.' })
  @Property({ type: 'date', nullable: true })
  dueOn?: string;

  /** Public through its resolver: an accusation reads IN_FORCE to those who may not see it. */
  @Enum({ items: () => CommitmentState })
  state!: CommitmentState;

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER, nullable: true })
  owner?: Student;
}
