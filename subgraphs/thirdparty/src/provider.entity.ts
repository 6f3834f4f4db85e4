import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ProviderKind {
  BANK = 'BANK',
  TELECOM = 'TELECOM',
  LOAN = 'LOAN',
  CREDIT_AGENCY = 'CREDIT_AGENCY',
}
registerEnumType(ProviderKind, { name: 'ProviderKind', description: 'What a provider is.' });

export enum ProviderState {
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  ENDED = 'ENDED',
}
registerEnumType(ProviderState, {
  name: 'ProviderState',
  description: 'Whether a provider may import data, given that its licence is valid.',
});

/** A third party that may import data; a public register. Source: G3.2, T-12. */
@Entity({ tableName: 'provider' })
@ObjectType({ description: 'A third party that may import data (G3.2); a public register.' })
@Privacy('RULES')
export class Provider {
  @Field(() => ID, { nullable: true, description: 'Unified social credit code (GB 32100).' })
  @PrimaryKey({ type: 'string' })
  uscc!: string;

  @Field(() => String, { nullable: true, description: 'Name of the institution.' })
  @Property({ type: 'string' })
  name!: string;

  @Field(() => ProviderKind, { nullable: true, description: 'What it is.' })
  @Enum({ items: () => ProviderKind })
  kind!: ProviderKind;

  @Field(() => String, { nullable: true, description: 'Number of its licence.' })
  @Property({ type: 'string' })
  licenceNo!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of its licence.' })
  @Property({ type: 'date' })
  licenceUntil!: string;

  @Field(() => ProviderState, { nullable: true, description: 'Whether it may import data.' })
  @Enum({ items: () => ProviderState })
  state!: ProviderState;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
