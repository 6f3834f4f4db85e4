import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum AliasKind {
  RENUMBERED = 'RENUMBERED',
  MERGED = 'MERGED',
  REENROLLED = 'REENROLLED',
}
registerEnumType(AliasKind, {
  name: 'AliasKind',
  description: 'Why a student had another number.',
});

/** A number that a student had before. Source: DOMAIN 2.2. */
@Entity({ tableName: 'student_alias' })
@ObjectType({ description: 'A number that a student had before.' })
@Privacy('IDENTITY')
export class StudentAlias {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  oldNo!: string;

  @Field(() => ID, { nullable: true, description: 'The number that holds.' })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => AliasKind, { nullable: true })
  @Enum({ items: () => AliasKind })
  kind!: AliasKind;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  at!: Date;
}
