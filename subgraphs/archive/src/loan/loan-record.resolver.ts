import type { Context } from '@chengxin/kit/context';
import { Privacy } from '@chengxin/kit/privacy/guard';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { excusedOf } from './excused.loader.js';
import { LoanRecord, LoanState } from './loan-record.entity.js';
import { loanRecordsOf } from './loan-record.loader.js';

/** Those who are told of a flag alone get one row whether there are loans or not (note 14). */
const isToldByFlag = ({ identity }: Context): boolean =>
  shownTo(identity.role, 'LOANS_AND_AID', 'LoanRecord', 'state') === 'FLAG';

@Resolver(() => Student)
export class StudentLoanResolver {
  @Privacy('LOANS_AND_AID')
  @FieldResolver(() => [LoanRecord], {
    nullable: true,
    description: 'Student loans, the latest first; for finance one row with a flag (G8.3).',
  })
  async loanRecords(
    @Root() { studentNo }: Student,
    @Ctx() ctx: Context,
  ): Promise<Partial<LoanRecord>[]> {
    if (!isToldByFlag(ctx)) return loanRecordsOf(ctx).load(studentNo);
    const isExcused = await excusedOf(ctx).load(studentNo);
    return [{ studentNo, state: isExcused ? LoanState.EXCUSED : LoanState.NOT_EXCUSED }];
  }
}
