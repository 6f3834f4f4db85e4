import { TwoPeople } from '@chengxin/kit/schema/two-people';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum SubmittedBatchState {
  SUBMITTED = 'SUBMITTED',
  VERIFIED = 'VERIFIED',
  RETURNED = 'RETURNED',
}
registerEnumType(SubmittedBatchState, {
  name: 'SubmittedBatchState',
  description: 'Whether what an office handed over was checked, and went back to it (G5.3).',
});

export enum BatchVerdict {
  COMPLETE = 'COMPLETE',
  INCOMPLETE = 'INCOMPLETE',
  INACCURATE = 'INACCURATE',
}
registerEnumType(BatchVerdict, {
  name: 'BatchVerdict',
  description: 'What the check of a batch found (Z2.4); what is not complete goes back.',
});

/** A catalogue item of a period, handed over by its office and checked. Source: G5.3, Z5.1.1, INV-18. */
@Entity({ tableName: 'submitted_batch' })
@ObjectType({
  description: 'A catalogue item of a period, handed over by its office and checked (G5.3).',
})
@Privacy('COLLECTION')
export class SubmittedBatch extends TwoPeople {
  @Field(() => ID, { nullable: true, description: 'Goes into x-reference of who checks it.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Unit that hands it over.' })
  @Property({ type: 'string' })
  office!: string;

  @Field(() => ID, { nullable: true, description: 'Code in the catalogue.' })
  @Property({ type: 'string' })
  catalogueItem!: string;

  @Field(() => Day, { nullable: true, description: 'First day of the period.' })
  @Property({ type: 'date' })
  periodFrom!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of the period.' })
  @Property({ type: 'date' })
  periodUntil!: string;

  @Field(() => Day, { nullable: true, description: 'None where the item comes on a change.' })
  @Property({ type: 'date', nullable: true })
  dueOn?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether nothing is to be reported of the period.',
  })
  @Property({ type: 'boolean' })
  isNil!: boolean;

  @Property({ type: 'array' })
  importRuns!: string[];

  @Field(() => Int, {
    nullable: true,
    name: 'rows',
    description: 'Good rows of its import runs in force; none where the item comes by form.',
  })
  @Property({ type: 'integer', nullable: true })
  rowCount?: number;

  @Field(() => Int, { nullable: true, name: 'rejected' })
  @Property({ type: 'integer', nullable: true })
  rejectedCount?: number;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  submittedOn!: string;

  @Field(() => SubmittedBatchState, { nullable: true })
  @Enum({ items: () => SubmittedBatchState })
  state!: SubmittedBatchState;

  @Field(() => BatchVerdict, { nullable: true })
  @Enum({ items: () => BatchVerdict, nullable: true })
  verdict?: BatchVerdict;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  verifiedOn?: string;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
