/** The open cases of one evaluator, so that he need not know a case to find it (G21). */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { Inherit } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { CasePurpose } from '../case/evaluation-case.entity.js';

@ObjectType({ description: 'An open case in which the caller evaluates; nothing of its students.' })
@Inherit()
export class Assignment {
  @Field(() => ID, { description: 'Goes into x-case.' })
  caseId!: string;

  @Field(() => CasePurpose)
  purpose!: CasePurpose;

  @Field(() => Instant, { description: "Start of the caller's own window." })
  opensAt!: Date;

  @Field(() => Instant, { description: 'End of it, not included.' })
  closesAt!: Date;
}

const OPEN = `
  select c.case_id as "caseId", c.purpose, greatest(c.opens_at, a.valid_from) as "opensAt",
    least(c.closes_at, a.valid_to, a.revoked_at) as "closesAt"
  from case_assignment a join evaluation_case c on c.case_id = a.case_id, (select ?::timestamptz as now) t
  where a.staff_no = ? and a.conflict_of_interest is not true and c.state in ('OPEN', 'IN_EVALUATION')
    and greatest(c.opens_at, a.valid_from) <= t.now
    and least(c.closes_at, a.valid_to, a.revoked_at) > t.now
  order by 4, 1`;

type Row = Pick<Assignment, 'caseId' | 'purpose'> & { opensAt: string; closesAt: string };

/** Cases of the caller that are open now and to which he has declared no relation (note 5). */
export async function openAssignments({ em, now, identity }: Context): Promise<Assignment[]> {
  const rows = await execute<Row>(em, OPEN, [now, identity.subject]);
  return rows.map(({ opensAt, closesAt, ...row }) => ({
    ...row,
    opensAt: new Date(opensAt),
    closesAt: new Date(closesAt),
  }));
}
