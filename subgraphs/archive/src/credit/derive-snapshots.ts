/**
 * A snapshot of a locked run never changes (INV-08). A derived one takes its place for those who read
 * the run, of the records that it judged, on the same day, by the same rules: when a record of it is
 * repaired, lifted, revoked, sealed or mitigated afterwards (4.8, SC-09), and when the consent of a
 * third-party line has ended (INV-10). Which lines those are is read from the ledger itself, for the
 * record of such a line is deleted in the same transaction.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isCarried } from '../consent/carried.js';
import type { BadRecord, GoodRecordPoints } from './credit-record.js';
import {
  creditOf,
  fullViewOf,
  rulesFor,
  thirdPartyLines,
  type Credit,
  type CreditFacts,
  type CreditView,
} from './credit.rules.js';
import type { RuleBook } from './rule-book.js';

export interface CountingRecords {
  readonly bad: readonly BadRecord[];
  readonly good: readonly GoodRecordPoints[];
}

interface PinnedSnapshot {
  readonly snapshotId: string;
  readonly studentNo: string;
  readonly runId: string;
  readonly ruleSet: string;
  readonly onDay: string;
  readonly grade: string;
  readonly level: string;
  readonly scoreExcludingDisputed: number;
  readonly school: CreditView;
  readonly full: CreditView;
}

/**
 * Last of their chains, with a line of a record that is not what it was or is there no more; of runs
 * still in use.
 */
const TOUCHED = `
  select s.snapshot_id as "snapshotId", s.student_no as "studentNo", s.run_id as "runId",
    s.rule_set as "ruleSet", s.on_day::text as "onDay", s.grade, s.level,
    s.score_excluding_disputed as "scoreExcludingDisputed", s.school_view as school,
    s.full_view as full
  from credit_snapshot s join evaluation_run r on r.run_id = s.run_id
  where s.student_no = any(?::text[]) and s.kind = 'OFFICIAL' and s.state = 'CONFIRMED'
    and (r.state = 'LOCKED' or r.superseded_at > ?::timestamptz - interval '30 days')
    and not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)
    and exists (
      select from jsonb_array_elements(s.full_view->'lines') l
      left join conduct_record c on c.id::text = l->>'recordId'
      left join good_record g on g.id::text = l->>'recordId'
      where l->>'recordId' is not null and c.state is distinct from 'ACTIVE'
        and (g.state is distinct from 'APPROVED' or not ${isCarried('g')})
      or c.state = 'ACTIVE' and not ${isCarried('c')})`;

const PUT = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view, run_id, supersedes)
  select v."studentNo", v."ruleSet", 'OFFICIAL', v."onDay", ?::timestamptz, 'CONFIRMED', v.grade,
    v.level, v."scoreExcludingDisputed", v.school, v."full", v."runId", v."snapshotId"
  from jsonb_to_recordset(?::jsonb) as v("studentNo" text, "ruleSet" text, "onDay" date, grade text,
    level text, "scoreExcludingDisputed" integer, school jsonb, "full" jsonb, "runId" text,
    "snapshotId" uuid)`;

const schoolPart = ({ school, grade, level, scoreExcludingDisputed }: Pinned) => ({
  school,
  grade,
  level,
  scoreExcludingDisputed,
});
type Pinned = Pick<
  Credit | PinnedSnapshot,
  'school' | 'grade' | 'level' | 'scoreExcludingDisputed'
>;

/** The records that the run judged, as they are now. */
function factsNow(snapshot: PinnedSnapshot, { bad, good }: CountingRecords): CreditFacts {
  const judged = new Set(snapshot.full.lines.map(({ recordId }) => recordId));
  const still = <T extends { recordId: string }>(records: readonly T[]) =>
    records.filter(({ recordId }) => judged.has(recordId));
  return { bad: still(bad), good: still(good) };
}

/**
 * The derived snapshot; nothing when none is due. The school view changes to a milder one alone. A
 * line of a third party goes with its consent, whichever way the score moves then.
 *
 * @param book  Rule sets, among them that of the snapshot, by which it is scored.
 */
export function derivedOf(
  book: RuleBook,
  snapshot: PinnedSnapshot,
  records: CountingRecords,
): object | undefined {
  const rules = book.of(snapshot.ruleSet);
  const facts = book.facts(factsNow(snapshot, records), snapshot.onDay);
  const now = creditOf(rules, facts, snapshot.onDay);
  const isMilder = now.school.score > snapshot.school.score;
  const pinned = schoolPart(isMilder ? now : snapshot);
  const carried = thirdPartyLines(rules, now.full.lines);
  const full = fullViewOf(rulesFor(rules, facts, snapshot.onDay), pinned.school, carried);
  const isLineGone = carried.length < thirdPartyLines(rules, snapshot.full.lines).length;
  const isDue = isMilder || isLineGone || full.score > snapshot.full.score;
  return isDue ? { ...snapshot, ...pinned, full } : undefined;
}

interface Changed {
  readonly now: Date;
  readonly book: RuleBook;
  readonly studentNos: readonly string[];
  readonly records: (studentNo: string) => CountingRecords;
}

/** Derive what has changed of the runs that are still read. */
export async function deriveSnapshots(
  em: EntityManager,
  { now, book, studentNos, records }: Changed,
): Promise<void> {
  const touched = await execute<PinnedSnapshot>(em, TOUCHED, [studentNos, now, now, now]);
  const derived = touched.flatMap((one) => derivedOf(book, one, records(one.studentNo)) ?? []);
  if (derived.length) await execute(em, PUT, [now, JSON.stringify(derived)]);
}
