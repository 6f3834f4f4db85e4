import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum AccountState {
  CREATED = 'CREATED',
  ACTIVATED = 'ACTIVATED',
  LOCKED = 'LOCKED',
  CLOSED = 'CLOSED',
}
registerEnumType(AccountState, { name: 'AccountState', description: 'State of an account (2.4).' });

/** The account of a student or a member of staff. Source: G7.2b, F-08. */
@Entity({ tableName: 'account' })
@ObjectType({ description: 'The account of a student (G7.2b).' })
@Privacy('ACCOUNT')
export class Account {
  @Field(() => ID, { nullable: true, description: 'Whom a login names.' })
  @PrimaryKey({ type: 'string' })
  subject!: string;

  /** Whose it is: one of the two. */
  @Property({ type: 'string', nullable: true })
  studentNo!: string;

  @Property({ type: 'string', nullable: true })
  staffNo?: string;

  @Field(() => AccountState, { nullable: true })
  @Enum({ items: () => AccountState })
  state!: AccountState;

  @Field(() => Boolean, { nullable: true, description: 'Whether a second factor is set up.' })
  @Property({ type: 'boolean' })
  mfa!: boolean;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
