import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

/** How somebody of the staff is related to a student. Source: F-02. */
export enum DeclaredRelation {
  RELATIVE = 'RELATIVE',
  TUTOR = 'TUTOR',
  PARTNER = 'PARTNER',
  OTHER = 'OTHER',
}
registerEnumType(DeclaredRelation, {
  name: 'DeclaredRelation',
  description: 'How somebody of the staff is related to a student (F-02).',
});

/**
 * A relation to a student, declared once by whom it concerns and consulted by every review, appeal and
 * case; nobody else reads it. Source: F-02, G20.2.
 */
@Entity({ tableName: 'relation_declaration' })
@ObjectType({ description: 'A relation to a student that its holder declared (回避申报, F-02).' })
@Privacy('TEACHER_ARCHIVE')
export class RelationDeclaration {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => DeclaredRelation, { nullable: true })
  @Enum({ items: () => DeclaredRelation })
  kind!: DeclaredRelation;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  declaredOn!: string;

  @Property({ type: 'integer' })
  version!: number;
}
