import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum TaskState {
  OPEN = 'OPEN',
  DONE = 'DONE',
  CANCELLED = 'CANCELLED',
}
registerEnumType(TaskState, { name: 'TaskState', description: 'State of a task.' });

/** A task that the leading group gave a unit. Source: G5.5, Z6.1. */
@Entity({ tableName: 'task' })
@ObjectType({ description: 'A task that the leading group gave a unit (Z6.1).' })
@Privacy('GOVERNANCE')
export class Task {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  taskNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  unit!: string;

  @Field(() => String, { nullable: true, description: 'Unit that leads.' })
  @Property({ type: 'string' })
  lead!: string;

  @Field(() => Day, { nullable: true, name: 'due' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => TaskState, { nullable: true })
  @Enum({ items: () => TaskState })
  state!: TaskState;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  doneOn?: string;
}
