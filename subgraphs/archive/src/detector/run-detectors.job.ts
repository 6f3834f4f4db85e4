import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import { FINDINGS, givenTo, type Window } from './detectors.js';
import { DETECTORS, detectorSettingsOf, type DetectorSettings } from './settings.js';

const NAME = 'runDetectors';

/** Where both logs stood a day and a night ago: what is older was judged before. */
const WINDOW = `
  select coalesce(max(event_seq), 0)::text as event, coalesce(max(line_id), 0)::text as line
  from detector_run where at <= ?::timestamptz - interval '34 hours'`;

const RAN = `
  insert into detector_run (at, event_seq, line_id)
  select ?::timestamptz, coalesce((select max(seq) from access_event), 0),
    coalesce((select max(id) from operation_log), 0)
  on conflict (at) do nothing`;
const FORGET = `delete from detector_run where at < ?::timestamptz - interval '8 days'`;

/** One review of a person by a detector and day, whatever he does after it. */
const OPEN = `
  with opened as (
    insert into access_review (detector, actor, actor_role, student_no, on_day, count, opened_at)
    select ?, f.actor, f.role, '', f.day, f.count, ?::timestamptz
    from jsonb_to_recordset(?::jsonb) f (actor text, role text, day date, count integer)
    on conflict (detector, actor, student_no, on_day) do nothing
    returning id, detector
  )
  insert into operation_log (at, actor, role, action, target, reason, request_id)
  select ?::timestamptz, 'job:${NAME}', 'SYS_OPERATOR', 'detector.run', 'access_review ' || id,
    detector, 'job:${NAME}'
  from opened`;

interface Finding {
  readonly actor: string;
  readonly role: string;
  readonly day: string;
  readonly count: number;
}

/** Of several roles on a day the one that counts most. */
const oncePerDay = (findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings
      .toSorted((a, b) => a.count - b.count)
      .map((finding) => [`${finding.actor} ${finding.day}`, finding] as const),
  ).values(),
];

/** A few statements for each detector, however much was read. */
async function openReviews(em: EntityManager, at: Date, settings: DetectorSettings): Promise<void> {
  const [found] = await execute<Omit<Window, 'at'>>(em, WINDOW, [at]);
  const window = { event: '0', line: '0', ...found, at };
  for (const detector of DETECTORS) {
    if (!settings.from[detector]) continue;
    const given = givenTo(detector, window, settings);
    const findings = oncePerDay(await execute<Finding>(em, FINDINGS[detector], given));
    if (findings.length) await execute(em, OPEN, [detector, at, JSON.stringify(findings), at]);
  }
  await execute(em, RAN, [at]);
  await execute(em, FORGET, [at]);
}

/** Looks at how the system was used; each finding opens a review, and never a sanction (3.6). */
export const runDetectors: Job = {
  name: NAME,
  cron: '*/10 * * * *',
  run: ({ orm }, at) =>
    withRetries(() =>
      forkOf(orm).transactional((em) =>
        openReviews(em as EntityManager, at, detectorSettingsOf(process.env)),
      ),
    ),
};
