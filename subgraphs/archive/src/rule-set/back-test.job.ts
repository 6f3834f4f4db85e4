/** Rule sets that wait are tested on every record that is stored, once a day (4.8). */
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import { factsOf } from '../credit/credit-facts.js';
import { creditOf } from '../credit/credit.rules.js';
import { CLOSED_ARCHIVE } from '../life-cycle/archive/read-only.rules.js';
import { listed } from '../row-groups/row-groups.js';
import { erased } from '../student/erased.js';
import { readRuleBook, type RuleBook } from '../credit/rule-book.js';
import { spreadOf, type Regraded } from './spread.rules.js';

/** Students whose records are held in memory at once. */
const AT_ONCE = 1000;

const WAITING = `
  select r.version, r.sha256 from rule_set r
  where r.state in ('REVIEW', 'APPROVED') and r.sha256 is not null and not exists (
    select from rule_set_back_test t where t.rule_set = r.version and t.on_day = ?::date)
  order by r.version`;

/** A closed archive is not scored any more (T-05). */
const STUDENTS = `
  select s.student_no as "studentNo", s.college, s.cohort::text as cohort from student s
  where s.student_no > ? and not ${erased('s.student_no')} and not exists (select from archive a
    where a.student_no = s.student_no and a.state in (${listed(CLOSED_ARCHIVE)}))
  order by s.student_no limit ${AT_ONCE}`;

const PUT = `
  with tested as (
    insert into rule_set_back_test (rule_set, sha256, compared_with, on_day, computed_at, students,
      spread)
    values (?, ?, ?, ?::date, ?::timestamptz, ?, ?::jsonb) returning id)
  insert into rule_set_grade_change (back_test_id, student_no, grade_before, grade_after)
  select tested.id, c."studentNo", c.before, c.after
  from tested cross join jsonb_to_recordset(?::jsonb) as c("studentNo" text, before text, after text)`;

interface Waiting {
  readonly version: string;
  readonly sha256: string;
}
type Place = Pick<Regraded, 'studentNo' | 'college' | 'cohort'>;

/**
 * Grades of some students by the set in force and by another, as if that were in force from the next
 * day on: what is stored was found before it (INV-16).
 */
async function regraded(
  em: EntityManager,
  book: RuleBook,
  { at, version, places }: { at: Date; version: string; places: readonly Place[] },
): Promise<Regraded[]> {
  const on = dayOf(at);
  const inForce = book.inForceOn(on);
  const tested = book.of(version);
  const records = await factsOf(
    em,
    at,
    places.map(({ studentNo }) => studentNo),
  );
  return places.map((place) => {
    const facts = records(place.studentNo);
    const before = creditOf(inForce, book.facts(facts, on), on).grade;
    const after = creditOf(tested, book.factsBefore(facts, on), on).grade;
    return { ...place, before, after };
  });
}

/** Some statements for a thousand students; what is stored is written by one. */
async function test(em: EntityManager, at: Date, { version, sha256 }: Waiting): Promise<void> {
  const book = await readRuleBook(em);
  const all: Regraded[] = [];
  for (let after = ''; ;) {
    const places = await execute<Place>(em, STUDENTS, [after]);
    all.push(...(await regraded(em, book, { at, version, places })));
    const last = places.at(-1);
    if (!last || places.length < AT_ONCE) break;
    after = last.studentNo;
  }
  const changed = all.filter(({ before, after }) => before !== after);
  await execute(em, PUT, [
    version,
    sha256,
    book.inForceOn(dayOf(at)).version,
    dayOf(at),
    at,
    all.length,
    JSON.stringify(spreadOf(all)),
    JSON.stringify(changed),
  ]);
}

/** Of the sets that are commented on or approved, those without a test of the day. */
export const backTestRuleSets: Job = {
  name: 'backTestRuleSets',
  cron: '*/10 * * * *',
  async run({ orm }, at) {
    const waiting = await execute<Waiting>(forkOf(orm), WAITING, [dayOf(at)]);
    for (const one of waiting)
      await withRetries(() =>
        forkOf(orm).transactional((em) => test(em as EntityManager, at, one)),
      );
  },
};
