import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum OrgKind {
  SCHOOL = 'SCHOOL',
  COLLEGE = 'COLLEGE',
  DEPARTMENT = 'DEPARTMENT',
  CLASS = 'CLASS',
  MAJOR = 'MAJOR',
}
registerEnumType(OrgKind, { name: 'OrgKind', description: 'Kind of an org.' });

/** A node of the org tree; a grant in it reaches all below it. Source: G17, G19.1. */
@Entity({ tableName: 'org' })
@ObjectType({ description: 'A college, department, class or major (G17).' })
@Privacy('RULES')
export class Org {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  orgCode!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  name!: string;

  @Field(() => OrgKind, { nullable: true })
  @Enum({ items: () => OrgKind })
  kind!: OrgKind;

  @Property({ type: 'string', nullable: true })
  parentCode?: string;
}
