/**
 * The items of the closed loop, each by the loader by which it is read as a row: an item that the
 * caller does not read there is in no link, and neither is one whose link he does not read.
 */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { goodRecordsOf } from '../conduct/conduct.loader.js';
import { snapshotsOf } from '../credit/credit-snapshot.loader.js';
import { creditReportsOf } from '../credit-report/credit-report.loader.js';
import { commitmentsOf } from '../life-cycle/commitment.loader.js';
import { repairRecordIds, repairsOf } from '../procedure/repair-application.loader.js';
import { sanctionRecordIds, sanctionsOf } from '../procedure/sanction.loader.js';
import { runAt } from '../statistics/evaluation-run.js';
import { supervisionsOf } from '../supervision/supervision.loader.js';
import { PAIRS, STAGES, type Item, type Items, type Stage } from './credit-loop.rules.js';

/** The evaluation that stood when each report of a student was handed over. */
const EVALUATIONS = `
  select r.id as "reportId", s.snapshot_id as "snapshotId"
  from credit_report r cross join lateral (
    select e.snapshot_id from credit_snapshot e
    where e.student_no = r.student_no and e.state = 'CONFIRMED' and e.computed_at <= r.issued_at
      and e.run_id = (${runAt('r.issued_at')})
    order by e.seq desc limit 1) s
  where r.student_no = ?`;

/** Indicator of the good record that names the commitments which were kept (Z5.2.3). */
const KEPT = 'P-09';

async function commitments(ctx: Context, studentNo: string): Promise<Item[]> {
  const [found, good] = await Promise.all([
    commitmentsOf(ctx).load(studentNo),
    readsLedger(ctx, studentNo) && ctx.opens('GOOD_CONDUCT', studentNo)
      ? goodRecordsOf(ctx).load(studentNo)
      : [],
  ]);
  const kept = good.filter(({ indicatorCode }) => indicatorCode === KEPT);
  return found.map(({ id }) => ({
    id,
    through: kept
      .filter((one) => one.evidence.some((proof) => proof.id === id))
      .map((one) => one.id),
  }));
}

async function reports(ctx: Context, studentNo: string): Promise<Item[]> {
  const [found, stood] = await Promise.all([
    creditReportsOf(ctx).load(studentNo),
    execute<{ reportId: string; snapshotId: string }>(ctx.em, EVALUATIONS, [studentNo]),
  ]);
  return found.map(({ id }) => ({
    id,
    through: stood.filter(({ reportId }) => reportId === id).map(({ snapshotId }) => snapshotId),
  }));
}

/** Which records an evaluation counts stands in its ledger. */
const readsLedger = (ctx: Context, studentNo: string): boolean =>
  ctx.effect(['CREDIT_LEDGER'], studentNo) === 'ALLOW';

async function snapshots(ctx: Context, studentNo: string): Promise<Item[]> {
  const found = await snapshotsOf(ctx).load(studentNo);
  const counted = readsLedger(ctx, studentNo);
  return found.map(({ snapshotId: id, lines = [] }) => ({
    id,
    through: [id, ...(counted ? lines.flatMap(({ recordId }) => recordId ?? []) : [])],
  }));
}

async function supervisions(ctx: Context, studentNo: string): Promise<Item[]> {
  const found = await supervisionsOf(ctx).load(studentNo);
  return found.map(({ id, snapshotId }) => ({ id, through: [snapshotId] }));
}

async function sanctions(ctx: Context, studentNo: string): Promise<Item[]> {
  const found = await sanctionsOf(ctx).load(studentNo);
  return Promise.all(
    found.map(async (one) => ({ id: one.id, through: await sanctionRecordIds(ctx, one) })),
  );
}

async function repairs(ctx: Context, studentNo: string): Promise<Item[]> {
  const found = await repairsOf(ctx).load(studentNo);
  return Promise.all(
    found.map(async (one) => ({ id: one.id, through: await repairRecordIds(ctx, one) })),
  );
}

const ITEMS: Readonly<Record<Stage, (ctx: Context, studentNo: string) => Promise<Item[]>>> = {
  commitmentId: commitments,
  reportId: reports,
  snapshotId: snapshots,
  supervisionId: supervisions,
  sanctionId: sanctions,
  repairId: repairs,
};

/** Groups of what links two stages beside those of their rows. */
const LINKED_BY: readonly (readonly [Stage, Stage, readonly Group[]])[] = [
  ['commitmentId', 'snapshotId', ['CREDIT_LEDGER', 'GOOD_CONDUCT']],
  ['snapshotId', 'sanctionId', ['CREDIT_LEDGER', 'BAD_CONDUCT']],
  ['snapshotId', 'repairId', ['CREDIT_LEDGER', 'BAD_CONDUCT']],
  ['sanctionId', 'repairId', ['BAD_CONDUCT']],
];

/** What is read to answer is in the access log, whether there is a link or none (3.7(16)). */
function note(ctx: Context, studentNo: string, selected: ReadonlySet<string>): void {
  const groups = new Set<Group>();
  for (const [stage, group] of Object.entries(STAGES)) if (selected.has(stage)) groups.add(group);
  for (const [from, to, between] of LINKED_BY)
    if (selected.has(from) && selected.has(to)) for (const group of between) groups.add(group);
  for (const group of groups)
    ctx.disclosures.record(studentNo, group, ctx.effect([group], studentNo));
}

/**
 * The items of a student that can link, of the stages that are selected: a link of which one side is
 * not selected would disclose that side. A masked stage has no number to link by.
 */
export async function loopItems(
  ctx: Context,
  studentNo: string,
  selected: ReadonlySet<string>,
): Promise<Items> {
  note(ctx, studentNo, selected);
  const isRead = (stage: Stage) =>
    selected.has(stage) && ctx.effect([STAGES[stage]], studentNo) === 'ALLOW';
  const stages = new Set(PAIRS.filter((pair) => pair.every(isRead)).flat());
  const found = await Promise.all(
    [...stages].map(async (stage) => [stage, await ITEMS[stage](ctx, studentNo)] as const),
  );
  return Object.fromEntries(found);
}
