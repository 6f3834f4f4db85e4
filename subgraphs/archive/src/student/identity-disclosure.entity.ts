import { Inherit } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum IdentityDisclosureKind {
  ID_NUMBER = 'ID_NUMBER',
  ID_NUMBER_CHECK = 'ID_NUMBER_CHECK',
  CONTACT = 'CONTACT',
}
registerEnumType(IdentityDisclosureKind, {
  name: 'IdentityDisclosureKind',
  description: 'What was disclosed of the identity of a student (F-05).',
});

/**
 * One disclosure of contact or ID number, to whoever took the action and in that answer alone: the
 * action table opens it and no group of the matrix (3.8), and no query leads here. Source: F-05.
 */
@Entity({ tableName: 'identity_disclosure' })
@ObjectType({
  description:
    'One disclosure of contact or ID number: values stand in the answer of the mutation alone (F-05).',
})
@Inherit()
export class IdentityDisclosure {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => IdentityDisclosureKind, { nullable: true })
  @Enum({ items: () => IdentityDisclosureKind })
  kind!: IdentityDisclosureKind;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  /** The values: no column holds them. */
  @Field(() => String, {
    nullable: true,
    description: 'Number of the identity document; null in a replay.',
  })
  idNumber?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the six characters are the last ones; null in a replay.',
  })
  matches?: boolean;

  @Field(() => String, { nullable: true, description: 'Null in a replay.' })
  phone?: string;

  @Field(() => String, {
    nullable: true,
    description: 'A third person, as the student named him; null in a replay.',
  })
  emergencyContact?: string;
}
