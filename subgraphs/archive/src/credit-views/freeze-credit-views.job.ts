/**
 * Freezes the release of each LOCKED run: counted page by page, so that no row of a student is kept, then
 * generalised, and written whole or not at all. Source: DOMAIN 3.6 (`creditViews`), Z2.4, INV-12.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { CONTRIBUTION_AT_MOST, type Bands } from '@chengxin/kit/call/contribution';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { contributionsOf } from './contribution.loader.js';
import { generalise, K, L, type Cell, type Counted, type Generalised } from './generalise.rules.js';
import {
  collegeAndMajor,
  dimensionBandOf,
  DIMENSIONS,
  GRADES,
  HIERARCHIES,
  placeOf,
  releasedGrade,
  type ReleasedGrade,
} from './hierarchies.rules.js';
import {
  snapshotsAfter,
  unreleasedRuns,
  type LockedRun,
  type RunSnapshot,
} from './locked-run.loader.js';
import { joinedOdds, oddsOf, sharesOf, type Shares } from './odds.rules.js';
import { deliverReleases, reportingUrlOf } from './reporting-database.js';

const NAME = 'freezeCreditViews';
/** For so long the search keeps the process to itself; calls are answered in between. */
const TURN_MS = 8;
const PERCENT = 100;
const PER_MILLE = 1000;

/** The values of a student in the columns of the release. */
function valuesOf({ college, major, cohort, dimensions }: RunSnapshot, bands: Bands): string[] {
  const known: Record<string, string> = { ...bands, place: placeOf(college, major), cohort };
  for (const code of DIMENSIONS) known[code] = dimensionBandOf(dimensions[code] ?? 0);
  return HIERARCHIES.map(({ column }) => known[column] ?? '');
}

/** How many students have the same values; memory grows with the combinations, not with the students. */
async function counted({ orm, config }: OfficeParts, run: LockedRun): Promise<Counted[]> {
  const counts = new Map<string, Counted & { count: number }>();
  for (let after = ''; ;) {
    const page = await snapshotsAfter(forkOf(orm), run, after, CONTRIBUTION_AT_MOST);
    const last = page.at(-1);
    if (!last) return [...counts.values()];
    const numbers = page.map(({ studentNo }) => studentNo);
    const bands = await contributionsOf(config, run.onDay, numbers);
    for (const [place, snapshot] of page.entries()) {
      const values = valuesOf(snapshot, bands[place] ?? {});
      const grade = releasedGrade(snapshot.grade);
      const key = JSON.stringify([grade, values]);
      const same = counts.get(key);
      if (same) same.count += 1;
      else counts.set(key, { values, grade, count: 1 });
    }
    after = last.studentNo;
  }
}

async function generalised(rows: readonly Counted[]): Promise<Generalised> {
  const search = generalise(HIERARCHIES, rows);
  let since = performance.now();
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

const EARLIER = `
  select release_id as "releaseId",
    jsonb_build_array(college, major, cohort, dimension_bands, gpa_band, exam_violation_band,
      practice_hours_band, cadre_level)::text as "group", grade, count(*)::int as count
  from credit_view group by 1, 2, 3`;

interface EarlierCell {
  readonly releaseId: string;
  readonly group: string;
  readonly grade: ReleasedGrade;
  readonly count: number;
}

/** The shares of the grades in each group of every release before. */
async function earlierShares(em: EntityManager): Promise<Shares[][]> {
  const cells = await execute<EarlierCell>(em, EARLIER);
  const releases = Map.groupBy(cells, ({ releaseId }) => releaseId);
  return [...releases.values()].map((release) =>
    sharesOf(release.map(({ group, grade, count }) => ({ values: [group], grade, count }))),
  );
}

const PUT_RELEASE = `
  insert into credit_view_release (release_id, run_id, on_day, frozen_at, k, l, row_count,
    dropped_percent, loss_percent, generalisation, grade_odds)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
  on conflict (run_id) do nothing returning 1`;

/** As many rows of each cell as it counts, each with a pseudonym that is drawn here and kept nowhere else. */
const PUT_ROWS = `
  insert into credit_view (pseudonym, release_id, college, major, cohort, grade, dimension_bands, gpa_band,
    exam_violation_band, practice_hours_band, cadre_level)
  select gen_random_uuid(), ?, c.college, c.major, c.cohort, c.grade, c."dimensionBands", c."gpaBand",
    c."examViolationBand", c."practiceHoursBand", c."cadreLevel"
  from jsonb_to_recordset(?::jsonb) as c(college text, major text, cohort text, grade text,
    "dimensionBands" jsonb, "gpaBand" text, "examViolationBand" text, "practiceHoursBand" text,
    "cadreLevel" text, count integer)
  cross join lateral generate_series(1, c.count)`;

const LOG = `
  insert into operation_log (at, actor, role, action, target, request_id)
  values (?, 'job:${NAME}', 'SYS_OPERATOR', 'creditViews.freeze', ?, ?)`;

function columnsOf({ values, grade, count }: Cell): Record<string, unknown> {
  const columns = Object.fromEntries(
    HIERARCHIES.map(({ column }, place) => [column, values[place]]),
  );
  const { place = '', ...rest } = columns;
  const [college, major] = collegeAndMajor(place);
  const dimensionBands = DIMENSIONS.map((code) => ({ code, band: columns[code] }));
  return { ...rest, college, major, grade, count, dimensionBands };
}

/** Of a share: never less than it is. */
const perMilleOf = (share: number): number => Math.ceil(share * PER_MILLE);

async function put(
  em: EntityManager,
  run: LockedRun,
  at: Date,
  { levels, cells, read, released, loss }: Generalised,
): Promise<void> {
  const shares = sharesOf(cells);
  const alone = oddsOf(shares);
  const joined = (await earlierShares(em)).map((earlier) => joinedOdds(shares, earlier));
  const gradeOdds = GRADES.map((grade, place) => {
    const odds = alone[place] ?? 0;
    const most = Math.max(odds, ...joined.map((one) => one[place] ?? 0));
    return { grade, perMille: perMilleOf(odds), joinedPerMille: perMilleOf(most) };
  });
  const generalisation = HIERARCHIES.map(({ column, steps }, place) => {
    const step = levels[place] ?? 0;
    return { column, step, steps: steps.length - 1, of: steps[step] };
  });
  const releaseId = randomUUID();
  const [dropped, lost] = [read ? (read - released) / read : 0, loss].map((share) =>
    Math.round(share * PERCENT),
  );
  const texts = [generalisation, gradeOdds].map((one) => JSON.stringify(one));
  const named = [releaseId, run.runId, run.onDay, at, K, L, released, dropped, lost];
  const [first] = await execute(em, PUT_RELEASE, [...named, ...texts]);
  // Another replica has frozen it meanwhile.
  if (!first) return;
  await execute(em, PUT_ROWS, [releaseId, JSON.stringify(cells.map(columnsOf))]);
  await execute(em, LOG, [at, `CreditViewRelease ${releaseId}`, `job:${NAME}`]);
}

/** An office that is down fails the job, which is tried again: nothing was written by then. */
async function freeze(office: OfficeParts, run: LockedRun, at: Date): Promise<void> {
  const release = await generalised(await counted(office, run));
  await forkOf(office.orm).transactional((em) => put(em as EntityManager, run, at, release));
}

/** One release of each locked run, the earliest first, once for ever; then all to where tools scan them. */
export const freezeCreditViews: Job = {
  name: NAME,
  cron: '35 * * * *',
  async run(office, at) {
    for (const run of await unreleasedRuns(forkOf(office.orm))) await freeze(office, run, at);
    const writerUrl = reportingUrlOf(process.env);
    if (writerUrl) await deliverReleases(forkOf(office.orm), writerUrl);
  },
};
