import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** Who did what, when, why; append-only. Source: G19.2. */
@Entity({ tableName: 'operation_log' })
@ObjectType({ description: 'Who did what, when, why (G19.2).' })
@Privacy('OPERATION_LOG')
export class OperationLog {
  /** A large whole number, as the driver reads it: cursors hold it as text. */
  @PrimaryKey({ type: 'string' })
  id!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  at!: Date;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'Role in which it was done.' })
  @Property({ type: 'string' })
  role!: string;

  @Field(() => String, { nullable: true, description: 'Row of the action table.' })
  @Property({ type: 'string' })
  action!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  target!: string;

  /** Of imports and jobs; what a person wrote for a change is sealed. Public through its resolver. */
  @Property({ type: 'string', nullable: true })
  reason?: string;

  @Property({ type: 'string', nullable: true })
  targetType?: string;

  @Property({ type: 'string', nullable: true })
  targetId?: string;

  /** Ciphertext under the key of the target. */
  @Property({ type: 'string', nullable: true })
  sealed?: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  requestId!: string;
}
