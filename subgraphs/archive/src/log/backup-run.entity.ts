import { Privacy } from '@chengxin/kit/schema/guard';
import { Decimal, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum BackupResult {
  RUNNING = 'RUNNING',
  WRITTEN = 'WRITTEN',
  FAILED = 'FAILED',
}
registerEnumType(BackupResult, { name: 'BackupResult', description: 'What became of a backup.' });

/** Evidence that an office was backed up, and that the backup can be restored. Source: G19.2, F-06. */
@Entity({ tableName: 'backup_run' })
@ObjectType({ description: 'Evidence of a backup and of its trial restore (F-06).' })
@Privacy('OPERATION_LOG')
export class BackupRun {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  office!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  startedAt!: Date;

  @Field(() => Decimal, { nullable: true, description: 'Whole number.' })
  @Property({ type: 'bigint', nullable: true })
  bytes?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  sha256?: string;

  @Field(() => Instant, { nullable: true, description: 'None while it was not tried.' })
  @Property({ type: 'datetime', nullable: true })
  restoreTestedAt?: Date;

  @Field(() => BackupResult, { nullable: true })
  @Enum({ items: () => BackupResult })
  result!: BackupResult;
}
