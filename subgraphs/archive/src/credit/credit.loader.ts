import type { Context } from '@chengxin/kit/context';
import { mayAct } from '@chengxin/kit/action/actions';
import { execute } from '@chengxin/kit/database/orm';
import DataLoader from 'dataloader';
import { CLOSED_STATES } from '../conduct/conduct-state.js';
import type { Credit } from './credit.entity.js';
import { creditView, type ShownSnapshot } from './credit.view.js';

/** Which snapshot of a student, and which view of it, an asker is shown. */
interface Choice {
  readonly isFull: boolean;
  /** The student and who confirms see what waits; for all others nothing says that it does (2.4). */
  readonly seesPending: boolean;
  /** No line of a record that is closed now (NO_CLOSED_LINE). */
  readonly hidesClosed: boolean;
}

function choiceFor(ctx: Context, studentNo: string): Choice | undefined {
  const predicates = ctx.predicates('CREDIT_GRADE', studentNo);
  // No run has been locked yet, so evaluators and employers are shown none.
  if (!ctx.opens('CREDIT_GRADE', studentNo) || predicates.includes('LOCKED_RUN')) return undefined;
  const isFull = !predicates.includes('SCHOOL_VIEW');
  const hidesClosed =
    predicates.includes('NO_CLOSED_LINE') && !ctx.opens('CLOSED_CONDUCT', studentNo);
  return { isFull, seesPending: isFull || mayAct(ctx.identity.role, 'grade.confirm'), hidesClosed };
}

const SNAPSHOTS = `
  select distinct on (s.student_no) s.student_no as "studentNo", s.snapshot_id as "snapshotId",
    s.rule_set as "ruleSet", s.on_day::text as "onDay", s.grade,
    case when ?::boolean then s.full_view else s.school_view end as view
  from credit_snapshot s
  where s.student_no = any(?::text[]) and (?::boolean or s.state = 'CONFIRMED')
    and not (?::boolean and exists (
      select from jsonb_array_elements(s.school_view->'lines') l
      join conduct_record r on r.id::text = l->>'recordId'
      where r.state = any(?::text[])))
  order by s.student_no, s.seq desc`;

async function load(ctx: Context, choice: Choice, studentNos: string[]): Promise<ShownSnapshot[]> {
  const { isFull, seesPending, hidesClosed } = choice;
  const closed = [...CLOSED_STATES];
  return execute(ctx.em, SNAPSHOTS, [isFull, studentNos, seesPending, hidesClosed, closed]);
}

const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
  const choices = new Map(studentNos.map((no) => [no, choiceFor(ctx, no)]));
  const alike = Map.groupBy(studentNos, (no) => JSON.stringify(choices.get(no) ?? null));
  const found = new Map<string, ShownSnapshot>();
  for (const [key, same] of alike) {
    const choice = JSON.parse(key) as Choice | null;
    if (!choice) continue;
    for (const shown of await load(ctx, choice, same)) found.set(shown.studentNo, shown);
  }
  return studentNos.map((no) =>
    creditView(no, found.get(no) ?? null, choices.get(no)?.isFull ?? false),
  );
};

/** The one view of a student's credit that the asker may see. */
export const creditOfStudent = (ctx: Context): DataLoader<string, Credit> =>
  ctx.loader(SNAPSHOTS, () => new DataLoader(batch(ctx)));
