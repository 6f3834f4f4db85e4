import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { LoanRecord, LoanState } from './loan-record.entity.js';
import { loanRecordsOf } from './loan-record.loader.js';
import { overdueFlagOf } from './overdue.loader.js';

/** Those who read a flag alone get one row beside an overdue bill, whether there are loans or not (note 14). */
const seesFlagAlone = ({ identity }: Context): boolean =>
  shownTo(identity.role, 'LOANS_AND_AID', 'LoanRecord', 'state') === 'FLAG';

@Resolver(() => Student)
export class StudentLoanResolver {
  @Privacy('LOANS_AND_AID')
  @FieldResolver(() => [LoanRecord], {
    nullable: true,
    description:
      'Student loans, the latest first; for finance one row with a flag beside an overdue bill (G8.3).',
  })
  async loanRecords(
    @Root() { studentNo }: Student,
    @Ctx() ctx: Context,
  ): Promise<Partial<LoanRecord>[]> {
    if (!seesFlagAlone(ctx)) return loanRecordsOf(ctx).load(studentNo);
    const flag = await overdueFlagOf(ctx).load(studentNo);
    return flag ? [{ studentNo, state: LoanState[flag] }] : [];
  }
}
