/**
 * What waits for a second person, for a college to confirm, or for an evaluator: counted in one statement,
 * whatever kinds the role may act on. Source: L-08, 2.4, 3.6, G5.3, G21, INV-02.
 */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { dayIn } from '@chengxin/kit/database/day';
import { execute } from '@chengxin/kit/database/orm';
import { evaluatorOf } from '../case/case.rules.js';
import { CasePurpose } from '../case/evaluation-case.entity.js';
import { ORGS_BELOW_OWN } from '../org/orgs-below.js';
import { OwnTaskKind } from './own-task.js';
import { waiting, type Waiting } from './waiting-rows.js';

interface Counting {
  readonly kind: OwnTaskKind;
  /** SQL of `count` and `due_on`. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Rows that one has made and somebody else decides on. */
const made = (table: string, state: string, due = 'null::date'): string => `
  select count(*)::integer as count, min(${due}) as due_on from ${table}
  where state = '${state}' and recorded_by is distinct from ?`;

/**
 * Grades that wait: what a newer snapshot says otherwise does not, and what several say alike is confirmed
 * once. Not of whom one declared himself related to (F-02).
 */
const grades = (level: string): string => `
  select count(distinct (s.student_no, s.grade, s.school_view))::integer as count, null::date as due_on
  from credit_snapshot s join student o on o.student_no = s.student_no
  where s.state = 'PENDING' and o.college in (${ORGS_BELOW_OWN})
    and (s.grade, s.school_view) = (
      select l.grade, l.school_view from credit_snapshot l
      where l.student_no = s.student_no and l.kind = s.kind and l.run_id is not distinct from s.run_id
      order by l.seq desc limit 1)
    and ${level}
    and not exists (select from relation_declaration r
      where r.staff_no = ? and r.student_no = s.student_no)`;
const confirmed = (more = ''): string => `exists (select from credit_snapshot c
  join grade_confirmation g on g.snapshot_id = c.snapshot_id
  where c.student_no = s.student_no and (c.grade, c.school_view) = (s.grade, s.school_view)
    and g.level = 'COLLEGE'${more})`;
const OF_COLLEGE = grades(`not ${confirmed()}`);
const OF_SCHOOL = grades(confirmed(' and g.recorded_by <> ?'));

const RUN_PARTS = `
  select count(*)::integer as count, null::date as due_on
  from evaluation_run_part p join evaluation_run r on r.run_id = p.run_id
  where p.state = 'COMPUTED' and r.state = 'COMPUTED' and p.org_code in (${ORGS_BELOW_OWN})`;

/** Open to comments no longer: the leading group resolves (4.8). */
const REVIEWED = `${made('rule_set', 'REVIEW')} and comment_until < ?::date`;

/** Own places in cases that run: of one purpose, or of any. */
const CASES = `
  select count(*)::integer as count, min(${dayIn('c.closes_at')}) as due_on
  from case_assignment a join evaluation_case c on c.case_id = a.case_id
  where a.staff_no = ? and a.revoked_at is null and not a.conflict_of_interest
    and a.valid_from <= ?::timestamptz and a.valid_to > ?::timestamptz
    and c.opens_at <= ?::timestamptz and c.closes_at > ?::timestamptz
    and c.state in ('OPEN', 'IN_EVALUATION') and c.purpose = any(?::text[])`;

function cases({ identity: { role, subject }, now }: Context): Counting[] {
  const purposes = Object.values(CasePurpose).filter(
    (purpose) => role === 'STAFF_SELF' || evaluatorOf(purpose) === role,
  );
  const parameters = [subject, now, now, now, now, purposes];
  return purposes.length ? [{ kind: OwnTaskKind.EVALUATE_CASES, sql: CASES, parameters }] : [];
}

function countings(ctx: Context): Counting[] {
  const { identity, now, today } = ctx;
  const { role, subject } = identity;
  const orgs = identity.orgs.join(',');
  const isOfCollege = role === 'COLLEGE_ADMIN';
  const all: readonly (readonly [action: string, Counting])[] = [
    [
      'grade.confirm',
      {
        kind: OwnTaskKind.CONFIRM_GRADES,
        sql: isOfCollege ? OF_COLLEGE : OF_SCHOOL,
        parameters: isOfCollege ? [orgs, subject] : [orgs, subject, subject],
      },
    ],
    [
      'run.confirmCollege',
      { kind: OwnTaskKind.CONFIRM_RUN_PARTS, sql: RUN_PARTS, parameters: [orgs] },
    ],
    [
      'export.approve',
      {
        kind: OwnTaskKind.APPROVE_EXPORTS,
        sql: `${made('bulk_export', 'REQUESTED', dayIn('ends_at'))} and ends_at > ?::timestamptz`,
        parameters: [subject, now],
      },
    ],
    [
      'batch.verify',
      {
        kind: OwnTaskKind.VERIFY_BATCHES,
        sql: made('submitted_batch', 'SUBMITTED'),
        parameters: [subject],
      },
    ],
    [
      'statistics.release',
      {
        kind: OwnTaskKind.RELEASE_STATISTICS,
        sql: made('statistic_release', 'PREPARED'),
        parameters: [subject],
      },
    ],
    [
      'reportOffer.send',
      {
        kind: OwnTaskKind.SEND_REPORT_OFFERS,
        sql: made('report_offer', 'PREPARED'),
        parameters: [subject],
      },
    ],
    [
      'ruleSet.approve',
      { kind: OwnTaskKind.APPROVE_RULE_SETS, sql: REVIEWED, parameters: [subject, today] },
    ],
    [
      'ruleSet.activate',
      {
        kind: OwnTaskKind.ACTIVATE_RULE_SETS,
        sql: made('rule_set', 'APPROVED'),
        parameters: [subject],
      },
    ],
  ];
  const own = all.filter(([action]) => mayAct(role, action)).map(([, one]) => one);
  return [...own, ...cases(ctx)];
}

interface Counted {
  readonly kind: OwnTaskKind;
  readonly count: number;
  readonly dueOn: string | null;
}

/** One statement for all kinds; none for a role that has none of them. */
export async function secondPersonItems(ctx: Context): Promise<Waiting[]> {
  const own = countings(ctx);
  if (!own.length) return [];
  const sql = own
    .map(
      ({ kind, sql: of }) =>
        `select '${kind}' as kind, count, due_on::text as "dueOn" from (${of}) q`,
    )
    .join(' union all ');
  const found = await execute<Counted>(
    ctx.em,
    sql,
    own.flatMap(({ parameters }) => parameters),
  );
  return found.map(({ kind, count, dueOn }) => waiting(kind, count, dueOn ?? undefined));
}
