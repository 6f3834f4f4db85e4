import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum MemberPost {
  HEAD = 'HEAD',
  DEPUTY = 'DEPUTY',
  MEMBER = 'MEMBER',
}
registerEnumType(MemberPost, {
  name: 'MemberPost',
  description: 'Post in the leading group (Z4.1).',
});

/** A seat in the leading group, from–to. Duties are kept apart from seats. Source: G4.2, Z4.1. */
@Entity({ tableName: 'membership' })
@ObjectType({ description: 'A seat in the leading group, from–to (G4.2).' })
@Privacy('GOVERNANCE')
export class Membership {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  groupCode!: string;

  @Field(() => String, { nullable: true, description: 'Unit that the member stands for.' })
  @Property({ type: 'string' })
  unit!: string;

  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => MemberPost, { nullable: true })
  @Enum({ items: () => MemberPost })
  post!: MemberPost;

  @Field(() => Day, { nullable: true, name: 'from' })
  @Property({ type: 'date' })
  fromOn!: string;

  @Field(() => Day, { nullable: true, name: 'to' })
  @Property({ type: 'date', nullable: true })
  toOn?: string;
}
