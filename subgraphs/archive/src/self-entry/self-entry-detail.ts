/** What the ten kinds of entries say beside what all of them say. Source: DOMAIN 2.5. */
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Decimal } from '@chengxin/kit/schema/scalars';
import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { SelfEntryKind } from './self-entry.entity.js';

const OPTIONAL = { nullable: true } as const;

@ObjectType({ description: 'How to reach a student, in his own words.' })
@Privacy('SENSITIVE_IDENTITY')
export class BasicDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) phone?: string;
  @Field(() => String, { nullable: true, description: 'Last four digits.' }) phoneMasked?: string;
  @Field(() => String, OPTIONAL) email?: string;
  @Field(() => String, OPTIONAL) address?: string;
  @Field(() => String, { nullable: true, description: 'A third person.' })
  emergencyContact?: string;
  @Field(() => String, OPTIONAL) hobbies?: string;
}

@ObjectType({ description: 'A school that a student went to.' })
@Privacy('SELF_ENTRIES')
export class EducationDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) school?: string;
  @Field(() => String, OPTIONAL) level?: string;
  @Field(() => Day, OPTIONAL) from?: string;
  @Field(() => Day, OPTIONAL) to?: string;
  @Also('SENSITIVE_IDENTITY')
  @Field(() => String, OPTIONAL)
  certificateNo?: string;
}

@ObjectType({ description: 'A training that a student took part in.' })
@Privacy('SELF_ENTRIES')
export class TrainingDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) organiser?: string;
  @Field(() => String, OPTIONAL) topic?: string;
  @Field(() => Decimal, OPTIONAL) hours?: string;
  @Field(() => String, OPTIONAL) certificate?: string;
}

@ObjectType({ description: 'A project that a student worked on.' })
@Privacy('SELF_ENTRIES')
export class ProjectDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) name?: string;
  @Field(() => String, OPTIONAL) role?: string;
  @Field(() => String, OPTIONAL) result?: string;
  @Field(() => String, OPTIONAL) advisor?: string;
}

@ObjectType({ description: 'A post that a student held.' })
@Privacy('SELF_ENTRIES')
export class PostDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) organisation?: string;
  @Field(() => String, OPTIONAL) post?: string;
  @Field(() => String, OPTIONAL) level?: string;
}

@ObjectType({ description: 'An internship.' })
@Privacy('SELF_ENTRIES')
export class InternshipDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) unit?: string;
  @Field(() => ID, OPTIONAL) uscc?: string;
  @Field(() => String, OPTIONAL) duty?: string;
  @Field(() => String, OPTIONAL) supervisor?: string;
  @Field(() => String, OPTIONAL) appraisal?: string;
}

@ObjectType({ description: 'Work beside the studies; its pay is not stored.' })
@Privacy('LOANS_AND_AID')
export class WorkstudyDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) post?: string;
  @Field(() => String, OPTIONAL) office?: string;
  @Field(() => Decimal, OPTIONAL) hours?: string;
}

@ObjectType({ description: 'A job after the studies.' })
@Privacy('SELF_ENTRIES')
export class EmploymentDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) employer?: string;
  @Field(() => ID, OPTIONAL) uscc?: string;
  @Field(() => String, OPTIONAL) position?: string;
  @Field(() => String, OPTIONAL) contractKind?: string;
}

@ObjectType({ description: 'A certificate; its whole number is not stored.' })
@Privacy('SELF_ENTRIES')
export class CertificateDetail {
  studentNo!: string;
  @Field(() => String, OPTIONAL) name?: string;
  @Field(() => String, OPTIONAL) issuer?: string;
  @Field(() => String, { nullable: true, description: 'Last four characters.' })
  numberMasked?: string;
  @Field(() => Day, OPTIONAL) issuedOn?: string;
  @Field(() => Day, OPTIONAL) expiresOn?: string;
  @Also('SENSITIVE_IDENTITY')
  @Field(() => String, { nullable: true, description: 'May hold the whole number.' })
  verifyUrl?: string;
}

@ObjectType({ description: 'A stay abroad.' })
@Privacy('SELF_ENTRIES')
export class ExchangeDetail {
  studentNo!: string;
  @Field(() => String, { nullable: true, description: 'Code of ISO 3166.' }) country?: string;
  @Field(() => String, OPTIONAL) host?: string;
  @Field(() => Day, OPTIONAL) from?: string;
  @Field(() => Day, OPTIONAL) to?: string;
  @Field(() => String, OPTIONAL) kind?: string;
}

/** The type of each kind. */
export const DETAIL_TYPES = {
  [SelfEntryKind.BASIC]: BasicDetail,
  [SelfEntryKind.EDUCATION]: EducationDetail,
  [SelfEntryKind.TRAINING]: TrainingDetail,
  [SelfEntryKind.PROJECT]: ProjectDetail,
  [SelfEntryKind.POST]: PostDetail,
  [SelfEntryKind.INTERNSHIP]: InternshipDetail,
  [SelfEntryKind.WORKSTUDY]: WorkstudyDetail,
  [SelfEntryKind.EMPLOYMENT]: EmploymentDetail,
  [SelfEntryKind.CERTIFICATE]: CertificateDetail,
  [SelfEntryKind.EXCHANGE]: ExchangeDetail,
} as const;

export const SelfEntryDetail = createUnionType({
  name: 'SelfEntryDetail',
  description: 'What an entry says beside what all of them say, by its kind (2.5).',
  types: () =>
    [
      BasicDetail,
      EducationDetail,
      TrainingDetail,
      ProjectDetail,
      PostDetail,
      InternshipDetail,
      WorkstudyDetail,
      EmploymentDetail,
      CertificateDetail,
      ExchangeDetail,
    ] as const,
});
