/** Provisional snapshots: computed after an import and after each event (DOMAIN 4.8). */
import { dayOf } from '@chengxin/kit/clock';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isCarried } from '../consent/carried.js';
import { CLOSED_ARCHIVE } from '../life-cycle/archive/read-only.rules.js';
import { listed } from '../row-groups/row-groups.js';
import { readRuleBook } from './rule-book.js';
import type { BadRecord, GoodRecordPoints } from './credit-record.js';
import { creditOf } from './credit.rules.js';
import { deriveSnapshots, type CountingRecords } from './derive-snapshots.js';

/** P-07 earns its points once for so many confirmed hours (2.3). */
const HOURS_OF_A_UNIT = 20;
const BY_HOURS = 'P-07';

type Of<T> = T & { readonly studentNo: string };

const BAD = `
  select student_no as "studentNo", id as "recordId", indicator_code as "indicatorCode", severity,
    state, disputed, occurred_on::text as "occurredOn", found_on::text as "effectiveOn",
    case when bill_no is not null then jsonb_build_object('curedOn', cured_on) end as duty
  from conduct_record r
  where student_no = any(?::text[]) and state in ('ACTIVE', 'MITIGATED') and ${isCarried('r')}`;

const GOOD = `
  select student_no as "studentNo", id as "recordId", indicator_code as "indicatorCode",
    occurred_on::text as "occurredOn", amount
  from good_record r where student_no = any(?::text[]) and state = 'APPROVED' and ${isCarried('r')}`;

/** A closed archive is scored as of the day of its closing: nothing fades or is added (T-05). */
const CLOSED_ON = `
  select student_no as "studentNo", closed_on::text as "closedOn" from archive
  where student_no = any(?::text[]) and state in (${listed(CLOSED_ARCHIVE)})
    and closed_on is not null`;

/** What is the same as the latest is not written again. */
const PUT = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view)
  select v."studentNo", v."ruleSet", 'PROVISIONAL', v."onDay", ?::timestamptz, v.state, v.grade, v.level,
    v."scoreExcludingDisputed", v.school, v."full"
  from jsonb_to_recordset(?::jsonb) as v("studentNo" text, "ruleSet" text, "onDay" date, state text, grade text,
    level text, "scoreExcludingDisputed" integer, school jsonb, "full" jsonb)
  left join lateral (
    select s.grade, s.school_view, s.full_view, s.rule_set, s.score_excluding_disputed
    from credit_snapshot s
    where s.student_no = v."studentNo" and s.kind = 'PROVISIONAL' order by s.seq desc limit 1
  ) latest on true
  where (latest.grade, latest.school_view, latest.full_view, latest.rule_set,
      latest.score_excluding_disputed)
    is distinct from (v.grade, v.school, v."full", v."ruleSet", v."scoreExcludingDisputed")`;

/** A record without a duty comes with a null. */
const badRecord = ({ duty, ...record }: Of<BadRecord>): Of<BadRecord> =>
  duty ? { ...record, duty } : record;

const unitsOf = (indicatorCode: string, amount: string | null): number =>
  indicatorCode === BY_HOURS ? Math.floor(Number(amount ?? 0) / HOURS_OF_A_UNIT) : 1;

/** Bad records of some students in a state that counts, with the day from which each is aged. */
export async function countingRecords(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<Of<BadRecord>[]> {
  return (await execute<Of<BadRecord>>(em, BAD, [studentNos, now])).map(badRecord);
}

/** What counts of some students: bad and good records, by student. */
export async function recordsOf(em: EntityManager, now: Date, studentNos: readonly string[]) {
  const bad = await countingRecords(em, now, studentNos);
  const good = await execute<Of<GoodRecordPoints> & { amount: string | null }>(em, GOOD, [
    studentNos,
    now,
  ]);
  const badOf = Map.groupBy(bad, ({ studentNo }) => studentNo);
  const goodOf = Map.groupBy(good, ({ studentNo }) => studentNo);
  return (studentNo: string): CountingRecords => {
    const earned = (goodOf.get(studentNo) ?? []).map(({ amount, ...record }) => ({
      ...record,
      units: unitsOf(record.indicatorCode, amount),
    }));
    return { bad: badOf.get(studentNo) ?? [], good: earned };
  };
}

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
  const records = await recordsOf(em, now, studentNos);
  const rows = studentNos.map((studentNo) => {
    const onDay = dayOfStudent(studentNo);
    const credit = creditOf(book.inForceOn(onDay), book.facts(records(studentNo), onDay), onDay);
    const { ruleSet, grade, level, school, full, scoreExcludingDisputed } = credit;
    const state = grade === 'C' || grade === 'D' ? 'PENDING' : 'CONFIRMED';
    return { studentNo, ruleSet, onDay, state, grade, level, school, full, scoreExcludingDisputed };
  });
  await execute(em, PUT, [now, JSON.stringify(rows)]);
  await deriveSnapshots(em, { now, book, studentNos, records });
}
