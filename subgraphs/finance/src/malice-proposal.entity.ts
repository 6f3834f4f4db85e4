import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum MaliceProposalState {
  PROPOSED = 'PROPOSED',
  FOUND = 'FOUND',
  DISMISSED = 'DISMISSED',
}
registerEnumType(MaliceProposalState, {
  name: 'MaliceProposalState',
  description: 'What the archive made of a proposal; finance learns no more than that (T-01).',
});

/** A bill that a clerk holds to be unpaid out of malice; the archive decides. Source: T-01, R-MAL. */
@Entity({ tableName: 'malice_proposal' })
@ObjectType({ description: 'A bill that finance holds to be unpaid out of malice (T-01).' })
@Privacy(['PENDING_CONDUCT', 'TUITION'])
export class MaliceProposal {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Field(() => ID, { nullable: true, description: 'Number of the bill.' })
  @Property({ type: 'string' })
  billNo!: string;

  @Field(() => Day, { nullable: true, description: 'Day by which it was to be paid.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => String, { nullable: true, description: 'Document on the ability to pay.' })
  @Property({ type: 'string' })
  abilityDocNo!: string;

  @Field(() => String, { nullable: true, description: 'Document on there being no proper reason.' })
  @Property({ type: 'string' })
  reasonDocNo!: string;

  @Field(() => String, { nullable: true, description: 'S1, S2 or S3.' })
  @Property({ type: 'string' })
  severity!: string;

  @Field(() => MaliceProposalState, { nullable: true })
  @Enum({ items: () => MaliceProposalState })
  state!: MaliceProposalState;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
