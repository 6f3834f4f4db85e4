import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum TeacherArchiveState {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(TeacherArchiveState, {
  name: 'TeacherArchiveState',
  description: 'State of a teacher archive.',
});

/** Ethics and credit of one teacher (师德师风). Source: Z5.3.1. */
@Entity({ tableName: 'teacher_archive' })
@ObjectType({ description: 'Ethics archive of one teacher (Z5.3.1).' })
@Privacy('TEACHER_ARCHIVE')
export class TeacherArchive {
  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  staffNo!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  openedOn!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  closedOn?: string;

  @Field(() => TeacherArchiveState, { nullable: true })
  @Enum({ items: () => TeacherArchiveState })
  state!: TeacherArchiveState;
}
