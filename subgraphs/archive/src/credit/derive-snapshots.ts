/**
 * A snapshot of a run never changes (INV-08). A derived one takes its place for those who read
 * the run, of the records that it judged, on the same day, by the same rules: when a record of it is
 * repaired, lifted, revoked, sealed or mitigated afterwards (4.8, SC-09), and when the consent of a
 * third-party line has ended (INV-10). Which lines those are is read from the ledger itself, for the
 * record of such a line is deleted in the same transaction.
 */
import { isDeepStrictEqual } from 'node:util';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isCarried } from '../consent/carried.js';
import {
  creditOf,
  fullViewOf,
  needsConfirmation,
  rulesFor,
  thirdPartyLines,
  type Credit,
  type CreditFacts,
  type CreditView,
} from './credit.rules.js';
import type { RuleBook } from './rule-book.js';
import { digestOfRules } from './rule-set.js';

/** A snapshot of a run, as far as another is derived from it. */
export interface PinnedSnapshot {
  readonly ruleSet: string;
  readonly onDay: string;
  readonly grade: string;
  readonly level: string;
  readonly scoreExcludingDisputed: number;
  readonly school: CreditView;
  readonly full: CreditView;
}

/** One of a run, of whichever state the run is. */
export interface Touched extends PinnedSnapshot {
  readonly snapshotId: string;
  readonly studentNo: string;
  readonly runId: string;
  /** Whether the run is locked, or was: two people have confirmed what it said. */
  readonly isLocked: boolean;
  readonly state: string;
}

/**
 * Last of their chains, with a line of a record that is not what it was or is there no more; of runs
 * under way or still in use.
 */
const TOUCHED = `
  select s.snapshot_id as "snapshotId", s.student_no as "studentNo", s.run_id as "runId",
    s.rule_set as "ruleSet", s.on_day::text as "onDay", s.grade, s.level,
    s.score_excluding_disputed as "scoreExcludingDisputed", s.school_view as school,
    s.full_view as full, s.state, r.locked_at is not null as "isLocked"
  from credit_snapshot s join evaluation_run r on r.run_id = s.run_id
  where s.student_no = any(?::text[]) and s.kind = 'OFFICIAL'
    and (r.state <> 'SUPERSEDED' or r.superseded_at > ?::timestamptz - interval '30 days')
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
    score_excluding_disputed, school_view, full_view, run_id, supersedes, input_digest,
    rule_set_sha256)
  select v."studentNo", v."ruleSet", 'OFFICIAL', v."onDay", ?::timestamptz, v.state, v.grade,
    v.level, v."scoreExcludingDisputed", v.school, v."full", v."runId", v."snapshotId",
    v."inputDigest", v."rulesDigest"
  from jsonb_to_recordset(?::jsonb) as v("studentNo" text, "ruleSet" text, "onDay" date, state text,
    grade text, level text, "scoreExcludingDisputed" integer, school jsonb, "full" jsonb,
    "runId" text, "snapshotId" uuid, "inputDigest" text, "rulesDigest" text)`;

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
function factsNow(snapshot: PinnedSnapshot, { bad, good }: CreditFacts): CreditFacts {
  const judged = new Set(snapshot.full.lines.map(({ recordId }) => recordId));
  const still = <T extends { recordId: string }>(records: readonly T[]) =>
    records.filter(({ recordId }) => judged.has(recordId));
  return { bad: still(bad), good: still(good) };
}

/**
/** By which rules, and of what, a snapshot is scored anew. */
function again(book: RuleBook, snapshot: PinnedSnapshot, records: CreditFacts) {
  const rules = book.of(snapshot.ruleSet);
  const facts = book.facts(factsNow(snapshot, records), snapshot.onDay);
  return { rules, facts, now: creditOf(rules, facts, snapshot.onDay) };
}

/**
 * The derived snapshot; nothing when none is due. Once a run is locked the school view changes to a
 * milder one alone; a line of a third party goes with its consent, whichever way the score moves then.
 *
 * @param book  Rule sets, among them that of the snapshot, by which it is scored.
 */
export function derivedOf<Snapshot extends PinnedSnapshot>(
  book: RuleBook,
  snapshot: Snapshot,
  records: CreditFacts,
): Snapshot | undefined {
  const { rules, facts, now } = again(book, snapshot, records);
  const isMilder = now.school.score > snapshot.school.score;
  const pinned = schoolPart(isMilder ? now : snapshot);
  const carried = thirdPartyLines(rules, now.full.lines);
  const full = fullViewOf(rulesFor(rules, facts, snapshot.onDay), pinned.school, carried);
  const isLineGone = carried.length < thirdPartyLines(rules, snapshot.full.lines).length;
  const isDue = isMilder || isLineGone || full.score > snapshot.full.score;
  return isDue ? { ...snapshot, ...pinned, full } : undefined;
}

/** Before a run is locked, what it says is corrected whichever way (INV-08). */
function correctedOf(book: RuleBook, snapshot: Touched, records: CreditFacts): Touched | undefined {
  const { now } = again(book, snapshot, records);
  const { school, full, grade, level, scoreExcludingDisputed } = now;
  const isSame = isDeepStrictEqual(
    { school, full, grade },
    { school: snapshot.school, full: snapshot.full, grade: snapshot.grade },
  );
  return isSame ? undefined : { ...snapshot, school, full, grade, level, scoreExcludingDisputed };
}

/** What takes the place of a snapshot of a run, where something does. */
export const nextOf = (
  book: RuleBook,
  snapshot: Touched,
  records: CreditFacts,
): Touched | undefined =>
  snapshot.isLocked ? derivedOf(book, snapshot, records) : correctedOf(book, snapshot, records);

/**
 * Whether the derived one waits for its confirmations. Of a locked run it does not: it is milder than
 * what two people confirmed. Before that, what says something new to the school is confirmed anew.
 */
function stateOf({ state, isLocked, grade, school }: Touched, derived: Touched): string {
  const isSame = derived.grade === grade && isDeepStrictEqual(derived.school, school);
  if (isSame) return state;
  return needsConfirmation(derived.grade) && !isLocked ? 'PENDING' : 'CONFIRMED';
}

interface Changed {
  readonly now: Date;
  readonly book: RuleBook;
  readonly studentNos: readonly string[];
  /** What counts of a student now. */
  readonly facts: (studentNo: string) => CreditFacts;
  /** What of it was kept. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Derive what has changed of the runs that are under way or still read. */
export async function deriveSnapshots(
  em: EntityManager,
  { now, book, studentNos, facts, digests }: Changed,
): Promise<void> {
  const touched = await execute<Touched>(em, TOUCHED, [studentNos, now, now, now]);
  const derived = touched.flatMap((one) => {
    const next = nextOf(book, one, facts(one.studentNo));
    if (!next) return [];
    const inputDigest = digests.get(one.studentNo);
    const rulesDigest = digestOfRules(book.of(one.ruleSet));
    return { ...next, state: stateOf(one, next), inputDigest, rulesDigest };
  });
  if (derived.length) await execute(em, PUT, [now, JSON.stringify(derived)]);
}
