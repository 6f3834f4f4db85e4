import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum SigningMethod {
  ONLINE_SIGN = 'ONLINE_SIGN',
  PAPER_SCAN = 'PAPER_SCAN',
}
registerEnumType(SigningMethod, { name: 'SigningMethod', description: 'How a text was signed.' });

/** The service agreement (诚信档案服务协议) as a student signed it. Source: G10.2, F-03. */
@Entity({ tableName: 'agreement' })
@ObjectType({
  description: 'The service agreement as a student signed it (诚信档案服务协议, G10.2).',
})
@Privacy('ACCOUNT')
export class Agreement extends Fact {
  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  templateVersion!: string;

  @Field(() => String, { nullable: true, description: 'Digest of the text that was signed.' })
  @Property({ type: 'string' })
  textSha256!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  signedAt!: Date;

  @Field(() => SigningMethod, { nullable: true })
  @Enum({ items: () => SigningMethod })
  method!: SigningMethod;

  @Field(() => String, { nullable: true, description: 'Version of the privacy notice then shown.' })
  @Property({ type: 'string' })
  noticeVersion!: string;

  @Property({ type: 'string', nullable: true })
  guardianName?: string;

  @Property({ type: 'string', nullable: true })
  guardianRelation?: string;

  @Property({ type: 'string', nullable: true })
  guardianForm?: string;

  @Property({ type: 'datetime', nullable: true })
  guardianAt?: Date;
}
