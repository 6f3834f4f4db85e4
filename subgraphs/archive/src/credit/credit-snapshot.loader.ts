/**
 * The snapshots of a student, the latest first. Whoever may not know what has closed reads no history:
 * it would show a gap where a snapshot with a closed line stood (3.7(15)); he reads the one that
 * `credit` shows, and, where he confirms grades, those of runs that are not locked yet.
 */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';
import { fault } from '@chengxin/kit/errors';
import DataLoader from 'dataloader';
import { openStudent } from '../student/student.loader.js';
import {
  hiddenStates,
  loadAlike,
  shownSnapshots,
  VIEW,
  WITHOUT_HIDDEN,
  type Choice,
} from './credit.loader.js';
import { bandOf, snapshotOf, type StoredSnapshot } from './credit-view.js';
import { CreditSnapshotState, type CreditSnapshot } from './credit-snapshot.entity.js';

/** What confirms a snapshot `s` was said of it, or of another that says the same. */
const CONFIRMED_BY = `
  array(select distinct g.recorded_by from grade_confirmation g
    join credit_snapshot c on c.snapshot_id = g.snapshot_id
    where g.student_no = s.student_no and c.grade = s.grade and c.school_view = s.school_view
    order by 1)`;

const COLUMNS = `
  s.snapshot_id as "snapshotId", s.student_no as "studentNo", s.run_id as "runId", s.state,
  s.on_day::text as "onDay", s.rule_set as "ruleSet", s.grade,
  s.score_excluding_disputed as "scoreExcludingDisputed", s.school_view as school,
  ${CONFIRMED_BY} as "confirmedBy", s.supersedes,
  (select d.snapshot_id from credit_snapshot d where d.supersedes = s.snapshot_id)
    as "supersededBy"`;

/** All of a student; of the provisional ones those that look different from the one before. */
const HISTORY = `
  with visible as (
    select s.*, ${VIEW} as view from credit_snapshot s
    where s.student_no = any(?::text[]) and (?::boolean or s.state = 'CONFIRMED')
      and (?::boolean or s.run_id is null or exists (select from evaluation_run r
        where r.run_id = s.run_id and r.locked_at is not null))
      and ${WITHOUT_HIDDEN}),
  compared as (
    select *, run_id is not null or (grade, view, rule_set) is distinct from
      (lag(grade) over earlier, lag(view) over earlier, lag(rule_set) over earlier) as differs
    from visible
    window earlier as (partition by student_no, run_id is null order by on_day, seq))
  select ${COLUMNS}, s.view from compared s where s.differs
  order by s.student_no, s.on_day desc, s.seq desc`;

/** What stands of runs that are under way. */
const UNDER_WAY = `
  select ${COLUMNS}, s.school_view as view
  from credit_snapshot s join evaluation_run r on r.run_id = s.run_id
  where s.student_no = any(?::text[]) and r.locked_at is null and r.state <> 'CANCELLED'
    and ${WITHOUT_HIDDEN}
    and not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)
  order by s.student_no, s.on_day desc, s.seq desc`;

const OF_NUMBERS = `
  select ${COLUMNS}, ${VIEW} as view from credit_snapshot s
  where s.snapshot_id = any(?::uuid[]) order by s.student_no`;

/** What a run pinned, under the number that it has in the case of the request or of the token. */
async function lockedOnes(
  ctx: Context,
  { isFull }: Choice,
  studentNos: string[],
): Promise<CreditSnapshot[]> {
  const shown = await shownSnapshots(ctx, studentNos);
  return shown.map(({ studentNo, snapshotId, ruleSet, onDay, grade, view }) => ({
    studentNo,
    snapshotId,
    state: CreditSnapshotState.CONFIRMED,
    asOf: onDay,
    ruleSetVersion: ruleSet,
    schoolGrade: grade,
    ...(isFull
      ? { fullGrade: grade, fullScore: view.score }
      : { schoolScore: view.score, schoolScoreMasked: bandOf(view.score) }),
  }));
}

async function load(ctx: Context, choice: Choice, studentNos: string[]): Promise<CreditSnapshot[]> {
  const { isFull, seesPending, hidesClosed, isLocked } = choice;
  const { em, now } = ctx;
  if (isLocked) return lockedOnes(ctx, choice, studentNos);
  const hidden = hiddenStates(choice);
  if (!hidesClosed) {
    const parameters = [isFull, now, studentNos, seesPending, seesPending, ...hidden];
    const stored = await execute<StoredSnapshot>(em, HISTORY, parameters);
    return stored.map((one) => snapshotOf(choice.isFull, one));
  }
  const shown = (await shownSnapshots(ctx, studentNos)).map(({ snapshotId }) => snapshotId);
  const latest = await execute<StoredSnapshot>(em, OF_NUMBERS, [isFull, now, shown]);
  const underWay = seesPending
    ? await execute<StoredSnapshot>(em, UNDER_WAY, [studentNos, ...hidden])
    : [];
  const known = new Set(latest.map(({ snapshotId }) => snapshotId));
  const others = underWay.filter(({ snapshotId }) => !known.has(snapshotId));
  return [...latest, ...others].map((one) => snapshotOf(choice.isFull, one));
}

const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
  const found = await loadAlike(ctx, studentNos, (choice, same) => load(ctx, choice, same));
  const byStudent = Map.groupBy(found, ({ studentNo }) => studentNo);
  return studentNos.map((no) => byStudent.get(no) ?? []);
};

/** The snapshots of a student that the caller may see, the latest first. */
export const snapshotsOf = (ctx: Context): DataLoader<string, CreditSnapshot[]> =>
  ctx.loader(batch, () => new DataLoader(batch(ctx)));

/** Nobody's: what names no snapshot is looked up as his, by the same statements (3.7(4)). */
const NOBODY = '0000000000';
const NO_SNAPSHOT = '00000000-0000-0000-0000-000000000000';
const WHOSE = `
  select coalesce((select student_no from credit_snapshot where snapshot_id = ?::uuid), '${NOBODY}')
    as "studentNo"`;

/**
 * One snapshot by its number, of a student who is opened by it.
 *
 * @throws NOT_FOUND for one that is not there, of a student out of scope, or that he may not see.
 */
export async function openSnapshot(ctx: Context, named: string): Promise<CreditSnapshot> {
  const id = isUuid(named) ? named : NO_SNAPSHOT;
  const [of] = await execute<{ studentNo: string }>(ctx.em, WHOSE, [id]);
  const { studentNo } = await openStudent(ctx, of?.studentNo ?? NOBODY);
  const found = (await snapshotsOf(ctx).load(studentNo)).find((one) => one.snapshotId === id);
  if (!found) throw fault('NOT_FOUND');
  return found;
}
