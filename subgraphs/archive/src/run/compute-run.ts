/**
 * The snapshots of a run, some students in one transaction. What is done stands in the snapshots
 * themselves: whoever goes on, after whatever end, takes the students who have none yet.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { factsOf } from '../credit/credit-facts.js';
import { keepInputs } from '../credit/credit-inputs.js';
import { creditOf } from '../credit/credit.rules.js';
import { readRuleBook, type RuleBook } from '../credit/rule-book.js';
import { digestOfRules, type RuleSet } from '../credit/rule-set.js';
import { lockStudents } from '../lock-order.js';
import type { EvaluationRun } from './evaluation-run.entity.js';

/** Students of one transaction: an event about one of them meanwhile waits no longer than that. */
const AT_ONCE = 500;

/** Rated is whose archive is active (4.6): opened by the day that the run is of. */
const NEXT = `
  select a.student_no as "studentNo" from archive a
  where a.state = 'ACTIVE' and a.opened_on <= ?::date
    and not exists (select from credit_snapshot s
      where s.run_id = ? and s.student_no = a.student_no and s.supersedes is null)
  order by a.student_no limit ${AT_ONCE}`;

/** What two people have confirmed of a student is confirmed, under whichever number (L-08). */
const PUT = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view, run_id, input_digest, rule_set_sha256)
  select v."studentNo", ?, 'OFFICIAL', ?::date, ?::timestamptz,
    case when v.grade in ('C', 'D') and not exists (select from credit_snapshot c
        where c.student_no = v."studentNo" and c.state = 'CONFIRMED' and c.grade = v.grade
          and c.school_view = v.school) then 'PENDING' else 'CONFIRMED' end,
    v.grade, v.level, v."scoreExcludingDisputed", v.school, v."full", ?, v."inputDigest", ?
  from jsonb_to_recordset(?::jsonb) as v("studentNo" text, grade text, level text,
    "scoreExcludingDisputed" integer, school jsonb, "full" jsonb, "inputDigest" text)`;

/** What is pinned of a run. */
export interface Planned extends Pick<EvaluationRun, 'runId' | 'ruleSet' | 'ruleSetSha256'> {
  /** Calendar day at +08:00 that it is of. */
  readonly onDay: string;
}

/**
 * The rules that a run began with.
 *
 * @throws Error where the set says something else by now.
 */
function rulesOf(book: RuleBook, { runId, ruleSet, ruleSetSha256 }: Planned): RuleSet {
  const rules = book.of(ruleSet);
  if (digestOfRules(rules) !== ruleSetSha256)
    throw new Error(`${ruleSet} is not what it was when the run ${runId} began.`);
  return rules;
}

const LOCK = `
  select from evaluation_run where run_id = ? and state = 'COMPUTING' for no key update`;

/**
 * Compute the next students of a run that is being computed, in a number of statements that does not
 * grow with them. Of two who compute it, the second waits for the first.
 *
 * @returns How many there were; none once the run is complete, or is not being computed any more.
 */
export async function computeNext(em: EntityManager, now: Date, run: Planned): Promise<number> {
  const { runId, ruleSet, ruleSetSha256, onDay } = run;
  const book = await readRuleBook(em);
  const rules = rulesOf(book, run);
  if (!(await execute(em, LOCK, [runId])).length) return 0;
  const next = await execute<{ studentNo: string }>(em, NEXT, [onDay, runId]);
  const studentNos = next.map(({ studentNo }) => studentNo);
  if (!studentNos.length) return 0;
  await lockStudents(em, studentNos);
  const facts = await factsOf(em, now, studentNos);
  const digests = await keepInputs(em, now, studentNos, facts);
  const rows = studentNos.map((studentNo) => {
    const { grade, level, school, full, scoreExcludingDisputed } = creditOf(
      rules,
      book.facts(facts(studentNo), onDay),
      onDay,
    );
    const inputDigest = digests.get(studentNo);
    return { studentNo, grade, level, school, full, scoreExcludingDisputed, inputDigest };
  });
  await execute(em, PUT, [ruleSet, onDay, now, runId, ruleSetSha256, JSON.stringify(rows)]);
  return studentNos.length;
}

const PARTS = `
  insert into evaluation_run_part (run_id, org_code, state, students)
  select s.run_id, t.college, 'COMPUTED', count(*)
  from credit_snapshot s join student t on t.student_no = s.student_no
  where s.run_id = ? and s.supersedes is null group by s.run_id, t.college`;

/** The parts that the colleges confirm, once every student is computed. */
export const makeParts = (em: EntityManager, runId: string): Promise<unknown> =>
  execute(em, PARTS, [runId]);
