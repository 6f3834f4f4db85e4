/** What everybody sees of an import batch: counts and people, no values (G5.3, FG41). */
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, Int, ObjectType, type ClassType } from 'type-graphql';
import type { BatchError } from '../batch.publish.js';
import { Also, Inherit, Privacy } from '../../schema/guard.js';
import { Instant } from '../../schema/scalars.js';

@ObjectType({ description: 'How many stored values of one column a batch changes.' })
@Directive('@shareable')
@Inherit()
export class BatchColumn {
  @Field(() => String, { description: 'Heading of the column.' })
  heading!: string;

  @Field(() => Int, { description: 'Stored values that become another one.' })
  changed!: number;

  @Field(() => Int, { description: 'Those among them that become nothing.' })
  cleared!: number;
}

@ObjectType({ description: 'Why a row of a file was rejected, without what stands in it.' })
@Directive('@shareable')
@Inherit()
export class BatchProblem {
  @Field(() => Int, { description: 'Line of the file, or row of the sheet.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'Heading; null for the row as a whole.' })
  column!: string | null;

  @Field(() => String, { description: 'One sentence, zh-CN with English beside it.' })
  reason!: string;
}

/** How a batch changes what is stored, as it was when it was proposed. */
export interface StoredChanges {
  readonly added?: number;
  readonly columns?: readonly BatchColumn[];
}

/** A batch, as it is stored. */
export interface BatchRow {
  id: string;
  version: number;
  kind: string;
  fileName: string;
  fileDigest: string;
  basisDocNo?: string;
  state: string;
  rows: number;
  rejected: number;
  recordedBy: string;
  recordedAt: Date;
  approvedBy?: string | null;
  approvedAt?: Date;
  failure?: string | null;
  changes?: StoredChanges;
  approverOrgs?: readonly string[] | null;
  byForm: boolean;
  errors?: readonly BatchError[] | null;
}

/** `FinanceImportBatch`: the type of an office, since no two offices share one. */
export function batchType(name: string): ClassType<BatchRow> {
  @Entity({ tableName: 'import_batch' })
  @ObjectType(name, {
    description: 'A file, or one fact, that waits for its reviewer or was decided on.',
  })
  @Privacy('COLLECTION')
  class ImportBatch {
    @Field(() => ID, { nullable: true })
    @PrimaryKey({ type: 'uuid' })
    id!: string;

    @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
    @Property({ type: 'integer' })
    version!: number;

    @Field(() => String, { nullable: true, description: 'Kind of import: bills.' })
    @Property({ type: 'string' })
    kind!: string;

    /** A clerk may have put a name into it. */
    @Property({ type: 'string' })
    fileName!: string;

    @Property({ type: 'string', fieldName: 'file_sha256' })
    fileDigest!: string;

    @Field(() => String, { nullable: true, description: 'Number of the basis document.' })
    @Property({ type: 'string', nullable: true })
    basisDocNo?: string;

    @Field(() => String, { nullable: true, description: 'As `stateMachines` has it.' })
    @Property({ type: 'string' })
    state!: string;

    @Field(() => Int, { nullable: true, description: 'Rows that wait, or were applied.' })
    @Property({ type: 'integer', fieldName: 'row_count' })
    rows!: number;

    @Field(() => Int, {
      nullable: true,
      description:
        'How many of them were applied so far. While it is APPROVING, none of them is visible yet; a run that was interrupted begins anew.',
    })
    @Property({
      type: 'integer',
      formula: (of) => `case ${of.state} when 'APPROVED' then ${of.rows}
        when 'APPROVING' then coalesce((select p.applied_rows from batch_progress p
          where p.batch_id = ${of.id}), 0) else 0 end`,
    })
    appliedRows?: number;

    @Field(() => Int, { nullable: true, description: 'Rows that were rejected when it was read.' })
    @Property({ type: 'integer', fieldName: 'rejected_count' })
    rejected!: number;

    @Also('STAFF_IDENTITY')
    @Field(() => ID, { nullable: true, description: 'Staff number of the clerk.' })
    @Property({ type: 'string' })
    recordedBy!: string;

    @Field(() => Instant, { nullable: true })
    @Property({ type: 'datetime' })
    recordedAt!: Date;

    @Also('STAFF_IDENTITY')
    @Field(() => ID, { nullable: true, description: 'Staff number of the reviewer.' })
    @Property({ type: 'string', nullable: true })
    approvedBy?: string;

    @Field(() => Instant, { nullable: true })
    @Property({ type: 'datetime', nullable: true })
    approvedAt?: Date;

    @Field(() => String, { nullable: true, description: 'Why an approved batch waits again.' })
    @Property({ type: 'string', nullable: true })
    failure?: string;

    /** Public through its resolver. */
    @Property({ type: 'json', nullable: true })
    changes?: StoredChanges;

    @Field(() => Boolean, {
      nullable: true,
      description: 'Whether it is one fact that was proposed by form, and no file.',
    })
    @Property({ type: 'boolean' })
    byForm!: boolean;

    /** Public through its resolver. */
    @Property({ type: 'json', nullable: true })
    errors?: readonly BatchError[];

    @Property({ type: 'array', nullable: true })
    approverOrgs?: string[];
  }
  return ImportBatch;
}
