import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { Consent, Recipient } from './consent.entity.js';
import { consentsOf, reportTokensOf } from './consent.loader.js';
import { stateOf } from './consent.rules.js';
import { ReportToken } from './report-token.entity.js';

@Resolver(() => Consent)
export class ConsentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'REQUESTED, GRANTED, WITHDRAWN or EXPIRED.',
  })
  state(@Root() consent: Consent, @Ctx() ctx: Context): string {
    return stateOf(consent, ctx.now);
  }

  @FieldResolver(() => Recipient, { nullable: true, description: 'To whom data may go.' })
  recipient(@Root() { studentNo, recipientName, recipientUscc }: Consent): Recipient {
    return { studentNo, name: recipientName, uscc: recipientUscc };
  }
}

@Resolver(() => Student)
export class StudentConsentResolver {
  @Privacy('CONSENTS')
  @FieldResolver(() => [Consent], { nullable: true, description: 'Consents, the latest first.' })
  consents(@Root() student: Student, @Ctx() ctx: Context): Promise<Consent[]> {
    return consentsOf(ctx).load(student.studentNo);
  }

  @Privacy('CONSENTS')
  @FieldResolver(() => [ReportToken], {
    nullable: true,
    description: 'Report tokens for employers, the latest first.',
  })
  reportTokens(@Root() student: Student, @Ctx() ctx: Context): Promise<ReportToken[]> {
    return reportTokensOf(ctx).load(student.studentNo);
  }
}
