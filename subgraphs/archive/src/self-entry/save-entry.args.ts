import { SaveArgs } from '@chengxin/kit/change/payload';
import { Day, Decimal } from '@chengxin/kit/schema/scalars';
import { ArgsType, Field, ID } from 'type-graphql';
import { SelfEntryKind } from './self-entry.entity.js';

/**
 * What a student says of himself. Flat, and named as the columns of a file: each kind takes some of
 * them (2.5), and one that is of another kind is refused.
 */
@ArgsType()
export class SaveEntryArgs extends SaveArgs {
  @Field(() => SelfEntryKind)
  kind!: SelfEntryKind;

  @Field(() => String, { description: 'Also the name of a project or certificate, the topic.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'School, organiser, issuer, employer, host: whose it is.',
  })
  organisation?: string;

  @Field(() => String, { nullable: true, description: 'Post, duty or position.' })
  role?: string;

  @Field(() => Day, { nullable: true, description: 'Not after today; needed to submit.' })
  startOn?: string;

  @Field(() => Day, { nullable: true, description: 'Also the end of a certificate.' })
  endOn?: string;

  @Field(() => String, { nullable: true, description: 'BASIC: 11 digits.' }) phone?: string;
  @Field(() => String, { nullable: true, description: 'BASIC.' }) email?: string;
  @Field(() => String, { nullable: true, description: 'BASIC.' }) address?: string;
  @Field(() => String, { nullable: true, description: 'BASIC: a third person.' })
  emergencyContact?: string;
  @Field(() => String, { nullable: true, description: 'BASIC.' }) hobbies?: string;

  @Field(() => String, { nullable: true, description: 'EDUCATION, POST.' }) level?: string;

  @Field(() => String, {
    nullable: true,
    description: 'EDUCATION, TRAINING, CERTIFICATE: of the last no more than the end is stored.',
  })
  certificateNo?: string;

  @Field(() => Decimal, { nullable: true, description: 'TRAINING, WORKSTUDY.' }) hours?: string;
  @Field(() => String, { nullable: true, description: 'PROJECT.' }) result?: string;
  @Field(() => String, { nullable: true, description: 'PROJECT.' }) advisor?: string;
  @Field(() => ID, { nullable: true, description: 'INTERNSHIP, EMPLOYMENT.' }) uscc?: string;
  @Field(() => String, { nullable: true, description: 'INTERNSHIP.' }) supervisor?: string;
  @Field(() => String, { nullable: true, description: 'INTERNSHIP.' }) appraisal?: string;
  @Field(() => String, { nullable: true, description: 'EMPLOYMENT.' }) contractKind?: string;
  @Field(() => String, { nullable: true, description: 'CERTIFICATE: https.' }) verifyUrl?: string;

  @Field(() => String, { nullable: true, description: 'EXCHANGE: code of ISO 3166.' })
  country?: string;

  @Field(() => String, { nullable: true, description: 'EXCHANGE.' }) exchangeKind?: string;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Own files by number (POST /files), or documents on paper; POST, CERTIFICATE, PROJECT, EXCHANGE need one.',
  })
  proofs?: string[];
}
