/** Provisional snapshots: computed after an import and after each event (DOMAIN 4.8). */
import { dayOf } from '@chengxin/kit/clock';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { CLOSED_ARCHIVE } from '../life-cycle/archive/read-only.rules.js';
import { listed } from '../row-groups/row-groups.js';
import { factsOf } from './credit-facts.js';
import { keepInputs } from './credit-inputs.js';
import { creditOf, needsConfirmation } from './credit.rules.js';
import { deriveSnapshots } from './derive-snapshots.js';
import { readRuleBook } from './rule-book.js';
import { digestOfRules } from './rule-set.js';

/** A closed archive is scored as of the day of its closing: nothing fades or is added (T-05). */
const CLOSED_ON = `
  select student_no as "studentNo", closed_on::text as "closedOn" from archive
  where student_no = any(?::text[]) and state in (${listed(CLOSED_ARCHIVE)})
    and closed_on is not null`;

/** What is the same as the latest is not written again. */
const PUT = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view, input_digest, rule_set_sha256)
  select v."studentNo", v."ruleSet", 'PROVISIONAL', v."onDay", ?::timestamptz, v.state, v.grade, v.level,
    v."scoreExcludingDisputed", v.school, v."full", v."inputDigest", v."rulesDigest"
  from jsonb_to_recordset(?::jsonb) as v("studentNo" text, "ruleSet" text, "onDay" date, state text,
    grade text, level text, "scoreExcludingDisputed" integer, school jsonb, "full" jsonb,
    "inputDigest" text, "rulesDigest" text)
  left join lateral (
    select s.grade, s.school_view, s.full_view, s.rule_set, s.score_excluding_disputed
    from credit_snapshot s
    where s.student_no = v."studentNo" and s.kind = 'PROVISIONAL' order by s.seq desc limit 1
  ) latest on true
  where (latest.grade, latest.school_view, latest.full_view, latest.rule_set,
      latest.score_excluding_disputed)
    is distinct from (v.grade, v.school, v."full", v."ruleSet", v."scoreExcludingDisputed")`;

/** The day that the credit of each of some students is of. */
export async function daysOf(em: EntityManager, now: Date, studentNos: readonly string[]) {
  const closed = await execute<{ studentNo: string; closedOn: string }>(em, CLOSED_ON, [
    studentNos,
  ]);
  const closedOn = new Map(closed.map((one) => [one.studentNo, one.closedOn]));
  return (studentNo: string): string => closedOn.get(studentNo) ?? dayOf(now);
}

/** The credit of students whose records have changed, at most a thousand of them, who are locked. */
export async function computeSnapshots(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<void> {
  const dayOfStudent = await daysOf(em, now, studentNos);
  const book = await readRuleBook(em);
  const facts = await factsOf(em, now, studentNos);
  const digests = await keepInputs(em, now, studentNos, facts);
  const rows = studentNos.map((studentNo) => {
    const onDay = dayOfStudent(studentNo);
    const rules = book.inForceOn(onDay);
    const credit = creditOf(rules, book.facts(facts(studentNo), onDay), onDay);
    const { ruleSet, grade, level, school, full, scoreExcludingDisputed } = credit;
    return {
      studentNo,
      ruleSet,
      onDay,
      state: needsConfirmation(grade) ? 'PENDING' : 'CONFIRMED',
      grade,
      level,
      school,
      full,
      scoreExcludingDisputed,
      inputDigest: digests.get(studentNo),
      rulesDigest: digestOfRules(rules),
    };
  });
  await execute(em, PUT, [now, JSON.stringify(rows)]);
  await deriveSnapshots(em, { now, book, studentNos, facts, digests });
}
