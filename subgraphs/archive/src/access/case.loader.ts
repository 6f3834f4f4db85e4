import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { CASE_PURPOSES } from '@chengxin/kit/privacy/purposes';

/** Students of the request's case, when it opened and when it closes. */
export interface OpenCase {
  readonly studentNos: ReadonlySet<string>;
  readonly opensAt: Date | undefined;
  readonly closesAt: Date | undefined;
}

/**
 * Note 5, note 23, as SQL at the instant `v.now`: the case `c` is open, the assignment `a` valid, no
 * relation to the student `s` declared (INV-09, F-02).
 */
export const SEATED = `
  from v cross join evaluation_case c
  join case_assignment a on a.case_id = c.case_id
  join case_student s on s.case_id = c.case_id
  where c.state in ('OPEN', 'IN_EVALUATION') and c.opens_at <= v.now and c.closes_at > v.now
    and a.valid_from <= v.now and a.valid_to > v.now
    and (a.revoked_at is null or a.revoked_at > v.now) and a.conflict_of_interest is not true
    and not exists (
      select from relation_declaration r
      where r.staff_no = a.staff_no and r.student_no = s.student_no)`;

const CASE = `
  with v as (select ?::text as case_id, ?::text as purpose, ?::text as subject, ?::timestamptz as now)
  select s.student_no as "studentNo", c.opens_at as "opensAt",
    least(c.closes_at, a.valid_to, a.revoked_at) as "closesAt"
  ${SEATED} and c.case_id = v.case_id and c.purpose = v.purpose and a.staff_no = v.subject`;

/** The case that the request runs in, as it stands now, once a call. */
export const openCase = (ctx: Context): Promise<OpenCase> =>
  ctx.loader(CASE, async () => {
    const { caseId, purpose, subject } = ctx.identity;
    const rows = await execute<{ studentNo: string; opensAt: string; closesAt: string }>(
      ctx.em,
      CASE,
      [caseId ?? '', CASE_PURPOSES[purpose] ?? '', subject, ctx.now],
    );
    const [first] = rows;
    return {
      studentNos: new Set(rows.map(({ studentNo }) => studentNo)),
      opensAt: first && new Date(first.opensAt),
      closesAt: first && new Date(first.closesAt),
    };
  });
