/**
 * Computes a past day again, from what was known by its end, and compares it with what was stored
 * (DOMAIN 6). Nothing is written. A fixed number of statements for a thousand students.
 */
import { addDays, dayOf } from '@chengxin/kit/clock';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isDeepStrictEqual } from 'node:util';
import { factsOf } from './credit-facts.js';
import type { CreditFacts } from './credit.rules.js';
import { nextOf, type Touched } from './derive-snapshots.js';
import { differing, replayed, type Said } from './replay.rules.js';
import { readRuleBook, type RuleBook } from './rule-book.js';
import { digestOfRules } from './rule-set.js';

/** Students who are held in memory at once. */
const AT_ONCE = 1000;

/** One who is stored otherwise than he is computed, and in which parts; no value of them. */
export interface Difference {
  readonly studentNo: string;
  /** The run; none for the provisional snapshot of the day. */
  readonly runId?: string;
  readonly parts: readonly string[];
}

export interface Replayed {
  readonly students: number;
  readonly snapshots: number;
  readonly differences: readonly Difference[];
  /** Students of whom nothing was kept by that day, or whose records were erased since. */
  readonly unknown: readonly string[];
}

const STUDENTS = `
  select student_no as "studentNo" from student where student_no > ? order by 1 limit ${AT_ONCE}`;

/** What was known of students by an instant, the last of each; and whether the digest is that of the facts. */
const INPUTS = `
  select distinct on (student_no) student_no as "studentNo", digest, facts,
    digest is not distinct from digest_of_input(salt, facts) as "isWhole"
  from credit_input where student_no = any(?::text[]) and known_at < ?::timestamptz
  order by student_no, seq desc`;

const PROVISIONAL = `
  select distinct on (s.student_no) s.student_no as "studentNo", s.rule_set as "ruleSet", s.grade,
    s.level, s.score_excluding_disputed as "scoreExcludingDisputed", s.school_view as school,
    s.full_view as full,
    least(?::date, (select a.closed_on from archive a where a.student_no = s.student_no
      and a.closed_on is not null order by a.closed_on limit 1))::text as "onDay"
  from credit_snapshot s
  where s.student_no = any(?::text[]) and s.kind = 'PROVISIONAL' and s.computed_at < ?::timestamptz
  order by s.student_no, s.seq desc`;

/** Of runs that are of the day, each with what it pins and, where it took the place of one, that one. */
const OFFICIAL = `
  select s.student_no as "studentNo", s.snapshot_id as "snapshotId", s.run_id as "runId",
    s.rule_set as "ruleSet", s.on_day::text as "onDay", s.grade, s.level, s.state,
    s.score_excluding_disputed as "scoreExcludingDisputed", s.school_view as school,
    s.full_view as full, s.rule_set_sha256 as "rulesDigest", s.input_digest as digest, i.facts,
    i.digest is not distinct from digest_of_input(i.salt, i.facts) as "isWhole",
    s.supersedes, s.supersedes is not null as "isDerived",
    coalesce(r.locked_at <= s.computed_at, false) as "isLocked"
  from credit_snapshot s join evaluation_run r on r.run_id = s.run_id
  left join credit_input i on i.student_no = s.student_no and i.digest = s.input_digest
  where s.student_no = any(?::text[]) and s.on_day = ?::date
  order by s.student_no, s.seq`;

interface Input {
  readonly studentNo: string;
  readonly digest: string | null;
  readonly facts: CreditFacts | null;
  readonly isWhole: boolean;
}
interface Provisional extends Said {
  readonly studentNo: string;
  readonly ruleSet: string;
  readonly onDay: string;
}
interface Official extends Touched, Omit<Input, 'studentNo'> {
  readonly rulesDigest: string | null;
  readonly supersedes: string | null;
  readonly isDerived: boolean;
}

/** What was kept is not what its digest says. */
const TAMPERED = ['input'];

/** What is wrong with the provisional snapshot of a student; undefined where it cannot be computed. */
function provisionalOf(
  book: RuleBook,
  stored: Provisional | undefined,
  input: Input,
): string[] | undefined {
  if (!input.facts) return undefined;
  if (!input.isWhole) return TAMPERED;
  if (!stored) return ['missing'];
  const { ruleSet, onDay } = stored;
  return replayed(book.of(ruleSet), book.facts(input.facts, onDay), onDay, stored);
}

/** The same of a snapshot of a run, from what it pins, and from the one in whose place it is read. */
function officialOf(
  book: RuleBook,
  stored: Official,
  before: ReadonlyMap<string, Official>,
): string[] | undefined {
  const { facts, digest, isWhole, isDerived, supersedes, rulesDigest, ruleSet } = stored;
  if (!digest || !facts) return undefined;
  if (!isWhole) return TAMPERED;
  const rules = book.of(ruleSet);
  if (rulesDigest !== digestOfRules(rules)) return ['ruleSet'];
  if (!isDerived) return replayed(rules, book.facts(facts, stored.onDay), stored.onDay, stored);
  const replaced = before.get(supersedes ?? '');
  if (!replaced) return undefined;
  const { isLocked } = stored;
  const again = nextOf(book, { ...replaced, isLocked }, facts);
  return again ? differing(stored, again) : ['derived'];
}

/** What stands in the records now, against what was kept last: a record that was changed by hand. */
async function unkept(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
  inputs: ReadonlyMap<string, Input>,
): Promise<Difference[]> {
  const facts = await factsOf(em, now, studentNos);
  return studentNos.flatMap((studentNo) => {
    const kept = inputs.get(studentNo)?.facts;
    const isSame = !kept || isDeepStrictEqual(kept, facts(studentNo));
    return isSame ? [] : [{ studentNo, parts: ['records'] }];
  });
}

/** One page of students. */
async function replaySome(
  em: EntityManager,
  { now, on }: { readonly now: Date; readonly on: string },
  studentNos: readonly string[],
): Promise<Omit<Replayed, 'students'>> {
  const book = await readRuleBook(em);
  const end = `${addDays(on, 1)}T00:00:00+08:00`;
  const kept = await execute<Input>(em, INPUTS, [studentNos, end]);
  const inputs = new Map(kept.map((one) => [one.studentNo, one]));
  const provisional = await execute<Provisional>(em, PROVISIONAL, [on, studentNos, end]);
  const stored = new Map(provisional.map((one) => [one.studentNo, one]));
  const official = await execute<Official>(em, OFFICIAL, [studentNos, on]);
  const byNumber = new Map(official.map((one) => [one.snapshotId, one]));
  const differences: Difference[] = [];
  const unknown = new Set<string>();
  const judge = (studentNo: string, parts: string[] | undefined, runId?: string) => {
    if (!parts) unknown.add(studentNo);
    else if (parts.length) differences.push({ studentNo, parts, ...(runId && { runId }) });
  };
  for (const studentNo of studentNos) {
    const input = inputs.get(studentNo);
    const snapshot = stored.get(studentNo);
    if (input) judge(studentNo, provisionalOf(book, snapshot, input));
    else if (snapshot) unknown.add(studentNo);
  }
  for (const one of official) judge(one.studentNo, officialOf(book, one, byNumber), one.runId);
  if (on === dayOf(now)) differences.push(...(await unkept(em, now, studentNos, inputs)));
  return { snapshots: stored.size + official.length, differences, unknown: [...unknown] };
}

/** @param on  Calendar day at +08:00 that is computed again: `YYYY-MM-DD`. */
export async function replayDay(em: EntityManager, now: Date, on: string): Promise<Replayed> {
  const all = {
    students: 0,
    snapshots: 0,
    differences: [] as Difference[],
    unknown: [] as string[],
  };
  for (let last = ''; ;) {
    const page = await execute<{ studentNo: string }>(em, STUDENTS, [last]);
    if (!page.length) return all;
    const studentNos = page.map(({ studentNo }) => studentNo);
    const some = await replaySome(em, { now, on }, studentNos);
    all.students += studentNos.length;
    all.snapshots += some.snapshots;
    all.differences.push(...some.differences);
    all.unknown.push(...some.unknown);
    last = studentNos.at(-1) ?? '';
  }
}
