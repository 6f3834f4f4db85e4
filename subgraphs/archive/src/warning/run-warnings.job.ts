import { makeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import type { Writer } from '@chengxin/kit/change/writer';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { dueAfterWorkingDays } from '../calendar/working-days.js';
import { lockStudents } from '../lock-order.js';
import { sendNotices } from '../notify/send-notices.js';
import { WarningState } from '../supervision/warning.entity.js';
import { warning } from '../supervision/warning.noun.js';
import { UNWARNED, type Unwarned } from './warned-rows.js';
import { noticeKindOf } from './warning-notice.rules.js';
import { rowWarning, warningsOf, type WarnedFacts } from './warning.rules.js';

const NAME = 'runWarnings';
/** Students of one transaction. */
const AT_ONCE = 500;

const STUDENTS = `
  select distinct student_no as "studentNo" from conduct_record
  where state in ('ACTIVE', 'MITIGATED') order by 1`;

/** Third parties' records are no matter of the school's: they are in no view that warns (4.7). */
const FACTS = `
  with best as (
    select distinct on (s.student_no) s.student_no, s.snapshot_id,
      (s.school_view->>'score')::integer as score
    from credit_snapshot s
    where s.student_no = any(?::text[]) and s.kind = 'PROVISIONAL'
      and (s.computed_at > ?::timestamptz - interval '30 days'
        -- What held when the 30 days began was written before.
        or s.seq = (select max(b.seq) from credit_snapshot b where b.student_no = s.student_no
          and b.kind = 'PROVISIONAL' and b.computed_at <= ?::timestamptz - interval '30 days'))
    order by s.student_no, score desc, s.seq desc
  ), latest as (
    select distinct on (s.student_no) s.student_no, s.snapshot_id, s.state,
      (s.school_view->>'score')::integer as score
    from credit_snapshot s where s.student_no = any(?::text[]) and s.kind = 'PROVISIONAL'
    order by s.student_no, s.seq desc
  )
  select l.student_no as "studentNo", l.snapshot_id as "snapshotId", l.score,
    l.state = 'PENDING' as "isPending", b.score as best, b.snapshot_id as "bestId",
    (select coalesce(jsonb_agg(jsonb_build_object('recordId', r.id, 'indicatorCode', r.indicator_code,
        'severity', r.severity, 'foundOn', r.found_on)), '[]')
      from conduct_record r
      where r.student_no = l.student_no and r.state = 'ACTIVE' and not r.disputed
        and r.consent_id is null) as records
  from latest l join best b using (student_no) order by 1`;

interface Found extends WarnedFacts {
  readonly studentNo: string;
  readonly isPending: boolean;
}

const KNOWN = `
  select student_no || ' ' || code || ' ' || (trigger_values->>'key') as key
  from warning where student_no = any(?::text[]) and trigger_values->>'key' is not null`;

const LINK = `
  insert into warning_record (warning_id, record_id, student_no)
  select l.warning, l.record, l."studentNo"
  from jsonb_to_recordset(?::jsonb) l (warning uuid, record uuid, "studentNo" text)`;

/** What waits for its confirmations no longer (2.4). */
const CONFIRMED = `
  update warning w set awaits_confirmation = false, version = w.version + 1
  from credit_snapshot s
  where w.awaits_confirmation and s.snapshot_id = w.snapshot_id and s.state = 'CONFIRMED'`;

const UNSENT = `
  select w.id, w.student_no as "studentNo", w.trigger_rule as rule, w.handler_office as office,
    w.trigger_groups as groups
  from warning w
  where w.state = 'RAISED' and not exists (select from notice n
    where n.subject_typename = 'Warning' and n.subject_id = w.id::text)
  order by w.student_no, w.id`;

interface Unsent {
  readonly id: string;
  readonly studentNo: string;
  readonly rule: string;
  readonly office: string;
  readonly groups: readonly string[];
}

interface Due {
  readonly workingDays?: number;
}

/** Last days of the handlers, one look into the calendar for each number of days. */
async function dueDays(
  writer: Writer,
  raised: readonly Due[],
): Promise<ReadonlyMap<number | undefined, string>> {
  const counts = new Set(raised.flatMap(({ workingDays }) => workingDays ?? []));
  const days = new Map<number | undefined, string>();
  for (const count of counts)
    days.set(count, await dueAfterWorkingDays(writer.em, writer.today, count));
  return days;
}

/** Raise what is new of some students, who are locked: a few statements, however many there are. */
async function raise(writer: Writer, studentNos: readonly string[]): Promise<void> {
  const { em, now } = writer;
  await lockStudents(em, studentNos);
  const found = await execute<Found>(em, FACTS, [studentNos, now, now, studentNos]);
  const known = new Set(
    (await execute<{ key: string }>(em, KNOWN, [studentNos])).map(({ key }) => key),
  );
  const raised = found.flatMap((facts) =>
    warningsOf(facts)
      .filter(({ code, key }) => !known.has(`${facts.studentNo} ${code} ${key}`))
      .map((one) => ({ ...one, facts })),
  );
  if (!raised.length) return;
  const days = await dueDays(writer, raised);
  const rows = raised.map(({ facts, ...one }) => ({
    studentNo: facts.studentNo,
    code: one.code,
    colour: one.colour,
    triggerRule: one.rule,
    triggerGroups: [one.group],
    triggerValues: { ...one.values, key: one.key },
    snapshotId: one.byScore ? facts.snapshotId : null,
    awaitsConfirmation: one.byScore && facts.isPending,
    raisedAt: now,
    dueOn: days.get(one.workingDays),
    handlerOffice: one.handlerOffice,
    actions: [],
    state: WarningState.RAISED,
  }));
  const made = await makeByJob(writer, 'warning.raise', warning, rows as never);
  const links = made.flatMap(({ id, studentNo }, at) =>
    (raised[at]?.recordIds ?? []).map((record) => ({ warning: id, record, studentNo })),
  );
  if (links.length) await execute(em, LINK, [JSON.stringify(links)]);
}

/** What rows of some students, who are locked, warn of: each once. */
async function raiseOfRows(writer: Writer, studentNos: readonly string[]): Promise<void> {
  const { em, now } = writer;
  await lockStudents(em, studentNos);
  const rows = await execute<Unwarned>(em, UNWARNED, [studentNos, studentNos]);
  const raised = rows.map((row) => ({ row, ...rowWarning(row.rule, row.isAid) }));
  const days = await dueDays(writer, raised);
  const warnings = raised.map(({ row, code, colour, groups, suggestedTalk, workingDays }) => ({
    studentNo: row.studentNo,
    code,
    colour,
    triggerRule: row.rule,
    triggerGroups: groups,
    triggerValues: row.billNo === null ? {} : { billNo: row.billNo },
    commitmentId: row.commitmentId,
    checkId: row.checkId,
    breachId: row.breachId,
    billReminderId: row.billReminderId,
    awaitsConfirmation: false,
    raisedAt: now,
    dueOn: days.get(workingDays) ?? null,
    handlerOffice: row.office,
    suggestedTalk: suggestedTalk ?? null,
    actions: [],
    state: WarningState.RAISED,
  }));
  await makeByJob(writer, 'warning.raise', warning, warnings as never);
}

/** The student hears of it before or with its handler, never after (4.7). */
async function notify({ em, now }: Writer, unsent: readonly Unsent[]): Promise<void> {
  await sendNotices(
    em,
    now,
    unsent.map(({ id, studentNo, rule, office, groups }) => ({
      studentNo,
      kind: noticeKindOf(rule),
      subgraph: 'archive',
      type: 'Warning',
      id,
      office,
      groups: ['SUPERVISION', ...groups] as never,
    })),
  );
}

/** Early warnings by what the archive holds (W-01 to W-07), and the notices of all. */
export const runWarnings: Job = {
  name: NAME,
  cron: '30 0 * * *',
  async run(office, at) {
    const em = forkOf(office.orm);
    const found = (await execute<{ studentNo: string }>(em, STUDENTS)).map(
      ({ studentNo }) => studentNo,
    );
    const turns = { job: NAME, at, atOnce: AT_ONCE };
    await inTurn(office, { ...turns, found }, raise);
    const rows = await execute<Unwarned>(em, UNWARNED, [null, null]);
    const warned = [...new Set(rows.map(({ studentNo }) => studentNo))];
    await inTurn(office, { ...turns, found: warned }, raiseOfRows);
    await execute(em, CONFIRMED);
    const unsent = await execute<Unsent>(em, UNSENT);
    await inTurn(office, { ...turns, found: unsent }, notify);
  },
};
