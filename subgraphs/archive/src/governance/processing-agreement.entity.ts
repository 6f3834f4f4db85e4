import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum AgreementState {
  IN_FORCE = 'IN_FORCE',
  ENDED = 'ENDED',
}
registerEnumType(AgreementState, {
  name: 'ProcessingAgreementState',
  description: 'State of an agreement with a processor.',
});

/** A contract with somebody who processes on the school's behalf. Source: G16, PIPL 21. */
@Entity({ tableName: 'processing_agreement' })
@ObjectType({ description: "A contract with a processor on the school's behalf (G16)." })
@Privacy('ADMINISTRATION')
export class ProcessingAgreement {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  agreementNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  processor!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  purpose!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  signedOn!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  endsOn!: string;

  @Field(() => AgreementState, { nullable: true })
  @Enum({ items: () => AgreementState })
  state!: AgreementState;

  @Field(() => String, { nullable: true, description: 'Proves return or deletion at the end.' })
  @Property({ type: 'string', nullable: true })
  returnProof?: string;
}
