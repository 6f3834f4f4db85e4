import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Proposal } from '@chengxin/kit/schema/proposal';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ExportFormat {
  NDJSON = 'NDJSON',
  CSV = 'CSV',
  XLSX = 'XLSX',
}
registerEnumType(ExportFormat, {
  name: 'ExportFormat',
  description: 'What the file is, once it is decrypted.',
});

export enum BulkExportState {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  GONE = 'GONE',
}
registerEnumType(BulkExportState, {
  name: 'BulkExportState',
  description: 'Whether a second person has approved the export, and whether its time is over.',
});

/** Many students as a file for one person, approved by another. It names no student. Source: DOMAIN 3.6, L-12. */
@Entity({ tableName: 'bulk_export' })
@ObjectType({
  description: 'A request to take many students as a file; it needs a second person (3.6).',
})
@Privacy('ADMINISTRATION')
export class BulkExport extends Proposal {
  @Field(() => ID, { nullable: true, description: 'Its number, as in its address and its file.' })
  @PrimaryKey({ type: 'uuid' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the known operation.' })
  @Property({ type: 'string' })
  operation!: string;

  @Property({ type: 'string' })
  operationHash!: string;

  @Property({ type: 'json' })
  variables!: Record<string, unknown>;

  @Field(() => ExportFormat, { nullable: true })
  @Enum({ items: () => ExportFormat })
  format!: ExportFormat;

  @Property({ type: 'json' })
  publicKey!: Record<string, unknown>;

  @Property({ type: 'string' })
  forRole!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many students it is of: as requested, then as made; 500 at most.',
  })
  @Property({ type: 'integer' })
  studentCount!: number;

  @Field(() => BulkExportState, { nullable: true })
  @Enum({ items: () => BulkExportState })
  state!: BulkExportState;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who requested it, and alone fetches it.' })
  @Property({ type: 'string' })
  override recordedBy!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who approved it; never who requested it.' })
  @Property({ type: 'string', nullable: true })
  override approvedBy?: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when it may be approved; once it is, until when it may be fetched.',
  })
  @Property({ type: 'datetime' })
  endsAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When its file was made.' })
  @Property({ type: 'datetime', nullable: true })
  madeAt?: Date;

  @Property({ type: 'string', nullable: true })
  storedAs?: string;
}
