/** How long a release of a LOCKED run takes to freeze, from rows of all offices, and what it says then. */
import type { College } from '@chengxin/college/college';
import { freezeCreditViews } from '@chengxin/archive/credit-views/freeze-credit-views.job';
import { loginAs } from '@chengxin/kit/command/login';
import pg from 'pg';

const SAMPLE_MS = 20;
const MEGABYTE = 1e6;

/** A locked run of what every student had last. */
const RUN = `
  with run as (
    insert into evaluation_run (run_id, period, rule_set, cut_off_at, kind, state, locked_at, recorded_by,
      recorded_at, approved_by, approved_at)
    values ($1, $1, 'CR-2026.1', now(), 'OFFICIAL', 'LOCKED', now(), 'T0001', now(), 'T0002', now())
    returning run_id
  )
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view, run_id)
  select s.student_no, s.rule_set, 'OFFICIAL', current_date, now(), 'CONFIRMED', s.grade, s.level,
    s.score_excluding_disputed, s.school_view, s.full_view, run.run_id
  from run cross join (
    select distinct on (student_no) * from credit_snapshot where run_id is null
    order by student_no, seq desc
  ) s`;
const RELEASE = `
  select release_id as "releaseId", row_count as rows, dropped_percent as dropped, loss_percent as loss,
    grade_odds as odds, generalisation
  from credit_view_release where run_id = $1`;

interface Stated {
  readonly releaseId: string;
  readonly rows: number;
  readonly dropped: number;
  readonly loss: number;
  readonly odds: readonly { grade: string; perMille: number; joinedPerMille: number }[];
  readonly generalisation: readonly { readonly column: string; readonly of: string }[];
}

const FORMATS = ['csv', 'parquet', 'xlsx'];

/** Milliseconds and bytes of a release as a file, by the reporting account. */
async function downloaded(
  { issuer, audience, gateway }: College,
  releaseId: string,
  format: string,
) {
  const token = await loginAs({ issuer, audience, person: 'report-svc' });
  const startedAt = performance.now();
  const answer = await fetch(`${gateway.origin}/exports/${releaseId}?format=${format}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { byteLength } = await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The file was answered with ${answer.status}.`);
  return { ms: performance.now() - startedAt, bytes: byteLength };
}

/** Lines: students, seconds, memory, and what the release states. */
export async function* releaseFigures(college: College): AsyncGenerator<string> {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('The archive is not running.');
  const client = new pg.Client({ connectionString: archive.config.ownerUrl });
  await client.connect();
  try {
    for (const runId of ['2098H1', '2098H2']) {
      const { rowCount } = await client.query(RUN, [runId]);
      const before = process.memoryUsage().rss;
      let most = before;
      const sampling = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss);
      }, SAMPLE_MS);
      const startedAt = performance.now();
      await freezeCreditViews.run(archive, new Date());
      const seconds = (performance.now() - startedAt) / 1000;
      clearInterval(sampling);
      const { rows } = await client.query<Stated>(RELEASE, [runId]);
      const [stated] = rows;
      yield `release ${runId} of ${rowCount} students: ${seconds.toFixed(1)} s, memory ${(before / MEGABYTE).toFixed(0)} MB, at most ${(most / MEGABYTE).toFixed(0)} MB`;
      if (!stated) throw new Error('Nothing was released.');
      const odds = stated.odds.map(
        (one) => `${one.grade} ${one.perMille} and ${one.joinedPerMille}`,
      );
      yield `  ${stated.rows} rows, ${stated.dropped}% dropped, ${stated.loss}% lost; odds per mille, of two releases: ${odds.join(', ')}`;
      for (const format of FORMATS) {
        const { ms, bytes } = await downloaded(college, stated.releaseId, format);
        yield `  as ${format}: ${ms.toFixed(0)} ms, ${(bytes / MEGABYTE).toFixed(1)} MB`;
      }
      yield `  ${stated.generalisation.map(({ column, of }) => `${column}: ${of}`).join('; ')}`;
    }
  } finally {
    await client.end();
  }
}
