import type { Context } from '@chengxin/kit/call/context';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { Account } from './account.entity.js';
import { Agreement } from './agreement.entity.js';
import { Archive } from './archive.entity.js';
import { accountsOf, agreementsOf, archivesOf } from './archive.loader.js';
import { shownVerification } from './archive.rules.js';
import { GuardianConsent } from './guardian-consent.entity.js';
import { Verification } from './verification.entity.js';

@Resolver(() => Archive)
export class ArchiveResolver {
  @FieldResolver(() => Verification, {
    nullable: true,
    description: "The student's check of his own data; none before it is requested.",
  })
  verification(@Root() archive: Archive, @Ctx() ctx: Context): Verification | null {
    const { studentNo, verificationDueOn: dueOn, verificationState, confirmedAt } = archive;
    if (!dueOn || !verificationState) return null;
    const state = shownVerification(verificationState, ctx.opens('APPEALS', studentNo));
    return { studentNo, dueOn, state, confirmedAt };
  }
}

@Resolver(() => Agreement)
export class AgreementResolver {
  @Also('SENSITIVE_IDENTITY')
  @FieldResolver(() => GuardianConsent, {
    nullable: true,
    description: "A guardian's consent, where the student was a minor (F-03).",
  })
  guardianConsent(@Root() agreement: Agreement): GuardianConsent | null {
    const { studentNo, guardianName, guardianRelation, guardianForm, guardianAt } = agreement;
    if (!guardianName || !guardianRelation || !guardianForm || !guardianAt) return null;
    return {
      studentNo,
      name: guardianName,
      relation: guardianRelation,
      form: guardianForm,
      at: guardianAt,
    };
  }
}

/** A student's archive, and his access to it. */
@Resolver(() => Student)
export class StudentArchiveResolver {
  @Privacy('IDENTITY')
  @FieldResolver(() => Archive, { nullable: true, description: 'The archive (诚信档案, G2.1).' })
  async archive(@Root() student: Student, @Ctx() ctx: Context): Promise<Archive | undefined> {
    const [archive] = await archivesOf(ctx).load(student.studentNo);
    return archive;
  }

  @Privacy('ACCOUNT')
  @FieldResolver(() => Agreement, {
    nullable: true,
    description: 'The service agreement that he last signed (G10.2).',
  })
  async agreement(@Root() student: Student, @Ctx() ctx: Context): Promise<Agreement | undefined> {
    const [latest] = await agreementsOf(ctx).load(student.studentNo);
    return latest;
  }

  @Privacy('ACCOUNT')
  @FieldResolver(() => Account, { nullable: true, description: 'The account (G7.2b).' })
  async account(@Root() student: Student, @Ctx() ctx: Context): Promise<Account | undefined> {
    const [account] = await accountsOf(ctx).load(student.studentNo);
    return account;
  }
}
