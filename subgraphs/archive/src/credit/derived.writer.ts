/**
 * A snapshot of a locked run never changes (INV-08). When a record of it is repaired, lifted,
 * revoked, sealed or mitigated afterwards, a derived snapshot takes its place for those who read the
 * run: of the same records in their present states, on the same day, by the same rules (4.8, SC-09).
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { BadRecord, GoodRecordPoints } from './credit-record.js';
import { creditOf, type CreditView } from './credit.rules.js';
import { readRuleSet } from './rule-set.js';

export interface CountingRecords {
  readonly bad: readonly BadRecord[];
  readonly good: readonly GoodRecordPoints[];
}

interface Standing {
  readonly snapshotId: string;
  readonly studentNo: string;
  readonly runId: string;
  readonly ruleSet: string;
  readonly onDay: string;
  readonly school: CreditView;
  readonly full: CreditView;
}

/** Last of their chains, with a line of a record that is not what it was; of runs still in use. */
const TOUCHED = `
  select s.snapshot_id as "snapshotId", s.student_no as "studentNo", s.run_id as "runId",
    s.rule_set as "ruleSet", s.on_day::text as "onDay", s.school_view as school, s.full_view as full
  from credit_snapshot s join evaluation_run r on r.run_id = s.run_id
  where s.student_no = any(?::text[]) and s.kind = 'OFFICIAL' and s.state = 'CONFIRMED'
    and (r.state = 'LOCKED' or r.superseded_at > ?::timestamptz - interval '30 days')
    and not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)
    and exists (
      select from jsonb_array_elements(s.full_view->'lines') l
      join conduct_record c on c.id = (l->>'recordId')::uuid where c.state <> 'ACTIVE')`;

const PUT = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view, run_id, supersedes)
  select v."studentNo", v."ruleSet", 'OFFICIAL', v."onDay", ?::timestamptz, 'CONFIRMED', v.grade,
    v.level, v."scoreExcludingDisputed", v.school, v."full", v."runId", v."snapshotId"
  from jsonb_to_recordset(?::jsonb) as v("studentNo" text, "ruleSet" text, "onDay" date, grade text,
    level text, "scoreExcludingDisputed" integer, school jsonb, "full" jsonb, "runId" text,
    "snapshotId" uuid)`;

/** What the run would say today of the records that it judged; nothing when that is not milder. */
function milder(standing: Standing, { bad, good }: CountingRecords): object | undefined {
  const judged = new Set(standing.full.lines.map(({ recordId }) => recordId));
  const still = <T extends { recordId: string }>(records: readonly T[]) =>
    records.filter(({ recordId }) => judged.has(recordId));
  const rules = readRuleSet(standing.ruleSet);
  const credit = creditOf(rules, { bad: still(bad), good: still(good) }, standing.onDay);
  const gains = [
    credit.school.score - standing.school.score,
    credit.full.score - standing.full.score,
  ];
  const isMilder = gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
  return isMilder ? { ...standing, ...credit } : undefined;
}

/** Derive what has become milder of the runs that are still read. */
export async function deriveMilder(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
  records: (studentNo: string) => CountingRecords,
): Promise<void> {
  const touched = await execute<Standing>(em, TOUCHED, [studentNos, now]);
  const derived = touched.flatMap((one) => milder(one, records(one.studentNo)) ?? []);
  if (derived.length) await execute(em, PUT, [now, JSON.stringify(derived)]);
}
