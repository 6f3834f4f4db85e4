import type { Context } from '@chengxin/kit/call/context';
import { mayAct } from '@chengxin/kit/action/actions';
import { digest } from '@chengxin/kit/call/crypto';
import { execute } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';
import DataLoader from 'dataloader';
import { openCase } from '../access/case.loader.js';
import { IN_LOCKED_RUN, lockedBy, UNDER_REVIEW } from '../statistics/locked-grade.js';
import { CLOSED_STATES, ConductState, GoodState } from '../rules/conduct-state.js';
import type { Credit } from './credit.entity.js';
import { creditView, type ShownSnapshot } from './credit-view.js';

/** Which snapshots of a student, and which view of them, a caller is shown. */
export interface Choice {
  readonly isFull: boolean;
  /** The student and who confirms see what waits; for all others nothing says that it does (2.4). */
  readonly seesPending: boolean;
  /** No line of a record that is closed now (NO_CLOSED_LINE). */
  readonly hidesClosed: boolean;
  /** What the latest locked run says, and nothing later (LOCKED_RUN). */
  readonly isLocked: boolean;
}

export function choiceFor(ctx: Context, studentNo: string): Choice | undefined {
  const predicates = ctx.predicates('CREDIT_GRADE', studentNo);
  if (!ctx.opens('CREDIT_GRADE', studentNo)) return undefined;
  const isFull = !predicates.includes('SCHOOL_VIEW');
  const hidesClosed =
    predicates.includes('NO_CLOSED_LINE') && !ctx.opens('CLOSED_CONDUCT', studentNo);
  const isLocked = predicates.includes('LOCKED_RUN');
  const seesPending = !isLocked && (isFull || mayAct(ctx.identity.role, 'grade.confirm'));
  return { isFull, seesPending, hidesClosed, isLocked };
}

/**
 * The view of a snapshot `s`. The full view is shown while all that third parties reported for it
 * may stand; from the instant at which a consent ends until the next snapshot is written, the
 * school view stands for it (INV-10, INV-21).
 *
 * Parameters: whether the full view is shown, and the instant.
 */
export const VIEW = `
  case when ?::boolean and not exists (
    select from jsonb_array_elements(s.full_view->'lines') l
    where l->>'recordId' is not null
      and l->>'recordId' not in (select own->>'recordId'
        from jsonb_array_elements(s.school_view->'lines') own where own->>'recordId' is not null)
      and not exists (select from (
          select id, consent_id from conduct_record where student_no = s.student_no
          union all select id, consent_id from good_record where student_no = s.student_no) r
        join consent k on k.consent_id = r.consent_id
        where r.id::text = l->>'recordId' and k.withdrawn_at is null
          and k.expires_at > ?::timestamptz))
    then s.full_view else s.school_view end`;

/** What a run comes to is the student's and its confirmers' alone until the run is locked (2.4). */
const NOT_UNDER_WAY = `(s.run_id is null or exists (select from evaluation_run r
  where r.run_id = s.run_id and r.locked_at is not null))`;

/**
 * Of a snapshot `s`: no line in the school's view is of a record in some states.
 *
 * Parameters: the states of bad records, and those of good ones.
 */
export const WITHOUT_HIDDEN = `not exists (
  select from jsonb_array_elements(s.school_view->'lines') l
  where l->>'recordId' is not null
    and not exists (select from conduct_record r where r.student_no = s.student_no
      and r.id::text = l->>'recordId' and r.state <> all(?::text[]))
    and not exists (select from good_record r where r.student_no = s.student_no
      and r.id::text = l->>'recordId' and r.state <> all(?::text[])))`;

/**
 * The states whose lines a caller reads in no snapshot: bad, then good. Of a sealed record nobody
 * reads a line, the student and the auditor neither (T-03, note 15).
 */
export const hiddenStates = ({ hidesClosed }: Pick<Choice, 'hidesClosed'>): [string[], string[]] =>
  hidesClosed ? [[...CLOSED_STATES], [GoodState.REVOKED]] : [[ConductState.SEALED], []];

/**
 * The latest snapshot that looks different from the one before it in this view. A snapshot of
 * which only the other view differs would, by its name and day, disclose to the school that a third
 * party reported something (3.7(14), (15)).
 */
const COMPARED = `
  with visible as (
    select s.student_no, s.seq, s.snapshot_id, s.rule_set, s.on_day, s.grade, ${VIEW} as view
    from credit_snapshot s
    where s.student_no = any(?::text[]) and s.supersedes is null
      and (?::boolean or s.state = 'CONFIRMED' and not ${UNDER_REVIEW}) and ${NOT_UNDER_WAY}
      and ${WITHOUT_HIDDEN}),
  compared as (
    select *, (grade, view, rule_set) is distinct from
      (lag(grade) over earlier, lag(view) over earlier, lag(rule_set) over earlier) as differs
    from visible window earlier as (partition by student_no order by on_day, seq))`;
const SHOWN = `student_no as "studentNo", snapshot_id as "snapshotId", rule_set as "ruleSet",
    on_day::text as "onDay", grade, view`;
const SNAPSHOTS = `${COMPARED}
  select distinct on (student_no) ${SHOWN}
  from compared where differs order by student_no, on_day desc, seq desc`;
/** One of them, by its number: the latest, or one that was the latest. */
const SNAPSHOT = `${COMPARED}
  select ${SHOWN} from compared where differs and snapshot_id = ?::uuid`;

/**
 * One of a run, for who reads the whole history: he may have it explained though it says what the
 * provisional one before it says; the student also while he is to check it (2.4, L-08).
 *
 * Parameters: those of `VIEW`, the students, twice whether what waits is seen, the hidden states, the number.
 */
const OF_RUN = `
  select ${SHOWN} from (
    select s.*, ${VIEW} as view from credit_snapshot s
    where s.student_no = any(?::text[]) and s.run_id is not null
      and (?::boolean or s.state = 'CONFIRMED') and (?::boolean or ${NOT_UNDER_WAY})
      and ${WITHOUT_HIDDEN}) s
  where snapshot_id = ?::uuid`;

/** Of a run that was locked by an instant. */
const OF_LOCKED_RUN = `
  select s.student_no as "studentNo", s.snapshot_id as "snapshotId", s.rule_set as "ruleSet",
    s.on_day::text as "onDay", s.grade, ${VIEW} as view
  from credit_snapshot s
  where s.student_no = any(?::text[]) and ${IN_LOCKED_RUN}`;

/**
 * What stands for the number of a snapshot of a run: one of the case, or of the token, and of the
 * student. A derived snapshot has another number than the one that it takes the place of, which would
 * disclose that something closed, while grade and day are the same (3.7(15)).
 */
const numberInCase = ({ identity }: Context, studentNo: string): string =>
  digest(`${identity.caseId ?? identity.reference ?? ''} ${studentNo}`);

/** The instant whose latest locked run counts: the opening of the case, else now. */
const lockedUntil = async (ctx: Context): Promise<Date> =>
  ctx.identity.caseId ? ((await openCase(ctx)).opensAt ?? ctx.now) : ctx.now;

/** Parameters of the snapshots that a caller may see. */
function visibleTo(ctx: Context, choice: Choice, studentNos: readonly string[]): unknown[] {
  const { isFull, seesPending } = choice;
  return [isFull, ctx.now, studentNos, seesPending, ...hiddenStates(choice)];
}

async function load(ctx: Context, choice: Choice, studentNos: string[]): Promise<ShownSnapshot[]> {
  const { isFull, isLocked } = choice;
  if (isLocked) {
    const parameters = [isFull, ctx.now, studentNos, ...lockedBy(await lockedUntil(ctx))];
    const pinned = await execute<ShownSnapshot>(ctx.em, OF_LOCKED_RUN, parameters);
    return pinned.map((one) => ({ ...one, snapshotId: numberInCase(ctx, one.studentNo) }));
  }
  return execute(ctx.em, SNAPSHOTS, visibleTo(ctx, choice, studentNos));
}

/** What is loaded of students, by statements that those share to whom the same is open. */
export async function loadAlike<Found>(
  ctx: Context,
  studentNos: readonly string[],
  loadSome: (choice: Choice, same: string[]) => Promise<readonly Found[]>,
): Promise<Found[]> {
  const alike = Map.groupBy(studentNos, (no) => JSON.stringify(choiceFor(ctx, no) ?? null));
  const found: Found[] = [];
  for (const [key, same] of alike) {
    const choice = JSON.parse(key) as Choice | null;
    if (choice) found.push(...(await loadSome(choice, same)));
  }
  return found;
}

/** The one snapshot of each student that the caller may see. */
export const shownSnapshots = (
  ctx: Context,
  studentNos: readonly string[],
): Promise<ShownSnapshot[]> =>
  loadAlike(ctx, studentNos, (choice, same) => load(ctx, choice, same));

const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
  const shown = await shownSnapshots(ctx, studentNos);
  const found = new Map(shown.map((one) => [one.studentNo, one]));
  return studentNos.map((no) =>
    creditView(no, found.get(no) ?? null, choiceFor(ctx, no)?.isFull ?? false),
  );
};

/** The one view of a student's credit that the caller may see. */
export const creditOfStudent = (ctx: Context): DataLoader<string, Credit> =>
  ctx.loader(SNAPSHOTS, () => new DataLoader(batch(ctx)));

/** What is no number of a snapshot is looked for like one, and not found (DOMAIN 3.7(4)). */
const NO_SNAPSHOT = '00000000-0000-0000-0000-000000000000';
const numberOf = (snapshotId: string): string => (isUuid(snapshotId) ? snapshotId : NO_SNAPSHOT);

/** A snapshot with the view of it that somebody may see. */
export interface OneSnapshot extends ShownSnapshot {
  readonly isFull: boolean;
}

/**
 * One snapshot of a student who is decided on, as `credit` shows it or showed it, or of a run as
 * `creditSnapshots` shows it to who reads all of them; nothing where the caller may not see it, or reads
 * what a locked run says and nothing later.
 */
export async function snapshotOf(
  ctx: Context,
  studentNo: string,
  snapshotId: string,
): Promise<OneSnapshot | undefined> {
  const choice = choiceFor(ctx, studentNo);
  if (!choice || choice.isLocked) return undefined;
  const { isFull, seesPending, hidesClosed } = choice;
  const number = numberOf(snapshotId);
  const known = visibleTo(ctx, choice, [studentNo]);
  const found = await execute<ShownSnapshot>(ctx.em, SNAPSHOT, [...known, number]);
  if (!hidesClosed) {
    const waits = [seesPending, seesPending];
    const parameters = [isFull, ctx.now, [studentNo], ...waits, ...hiddenStates(choice), number];
    found.push(...(await execute<ShownSnapshot>(ctx.em, OF_RUN, parameters)));
  }
  const [shown] = found;
  return shown && { ...shown, isFull };
}

const OWNER = `
  select student_no as "studentNo" from credit_snapshot where snapshot_id = ?::uuid`;

/** Whose snapshot a number is of: for a decision on him, which answers alike where there is nobody. */
export async function ownerOfSnapshot(
  ctx: Context,
  snapshotId: string,
): Promise<string | undefined> {
  const [row] = await execute<{ studentNo: string }>(ctx.em, OWNER, [numberOf(snapshotId)]);
  return row?.studentNo;
}
