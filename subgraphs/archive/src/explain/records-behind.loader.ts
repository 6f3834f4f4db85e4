/** The records behind the lines of a ledger, as far as the caller reads them as records (DOMAIN 3.1). */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { ConductRecord } from '../conduct/conduct-record.entity.js';
import {
  closedConductRecordsOf,
  conductRecordsOf,
  goodRecordsOf,
} from '../conduct/conduct.loader.js';
import type { GoodRecord } from '../conduct/good-record.entity.js';
import type { Line } from '../credit/credit-record.js';
import { repairFactsOf } from '../repair/repair-facts.loader.js';
import type { RecordToRepair } from '../repair/repairable.rules.js';
import { CLOSED_STATES } from '../rules/conduct-state.js';
import type { RecordBehind } from './explain.rules.js';

/** One record that the caller reads, with what explains its line. */
export interface KnownRecord {
  readonly behind: RecordBehind;
  readonly conductRecord?: ConductRecord;
  readonly goodRecord?: GoodRecord;
  /** Of a bad record, for the student himself. */
  readonly toRepair?: RecordToRepair;
}

/** A duty that is met begins to fade on the day it was met, if that is after the finding (4.5). */
const AGES_FROM = `
  select id, case when bill_no is null then found_on
      when cured_on <= ?::date then greatest(cured_on, found_on) end::text as "agesFrom"
  from conduct_record where student_no = ? and id = any(?::uuid[])`;

async function agesOf(ctx: Context, studentNo: string, records: readonly ConductRecord[]) {
  const ids = records.map(({ id }) => id);
  const parameters = [ctx.today, studentNo, ids];
  const rows = await execute<{ id: string; agesFrom: string | null }>(
    ctx.em,
    AGES_FROM,
    parameters,
  );
  return new Map(rows.map(({ id, agesFrom }) => [id, agesFrom]));
}

/** Bad records that the caller reads: each group by its own loader, so that each predicate holds. */
async function badRecords(ctx: Context, studentNo: string): Promise<ConductRecord[]> {
  const counting = ctx.opens('BAD_CONDUCT', studentNo)
    ? await conductRecordsOf(ctx).load(studentNo)
    : [];
  if (!ctx.opens('BAD_CONDUCT', studentNo) || !ctx.opens('CLOSED_CONDUCT', studentNo))
    return counting;
  return [...counting, ...(await closedConductRecordsOf(ctx).load(studentNo))];
}

/**
 * The records that the caller reads, by number; a fixed number of statements.
 *
 * @param lines   Those of the ledger; of records without one nothing is read.
 * @param isSelf  The student himself: how to repair it is his to know.
 */
export async function knownRecords(
  ctx: Context,
  studentNo: string,
  lines: readonly Line[],
  isSelf: boolean,
): Promise<ReadonlyMap<string, KnownRecord>> {
  const named = new Set(lines.map(({ recordId }) => recordId));
  const bad = (await badRecords(ctx, studentNo)).filter(({ id }) => named.has(id));
  const good = ctx.opens('GOOD_CONDUCT', studentNo)
    ? (await goodRecordsOf(ctx).load(studentNo)).filter(({ id }) => named.has(id))
    : [];
  if (bad.some(({ state }) => (CLOSED_STATES as string[]).includes(state)))
    ctx.disclosures.record(studentNo, 'CLOSED_CONDUCT', ctx.effect(['CLOSED_CONDUCT'], studentNo));
  const agesFrom = await agesOf(ctx, studentNo, bad);
  const ids = bad.map(({ id }) => id);
  const repairs =
    isSelf && ctx.opens('REPAIRS', studentNo)
      ? await repairFactsOf(ctx.em, ctx.today, studentNo, ids)
      : [];
  const repairOf = new Map(repairs.map((one) => [one.recordId, one]));
  return new Map<string, KnownRecord>([
    ...bad.map((record): [string, KnownRecord] => {
      const { id, severity, disputed } = record;
      const toRepair = repairOf.get(id);
      const behind = { severity, disputed, agesFrom: agesFrom.get(id) ?? null };
      return [id, { behind, conductRecord: record, ...(toRepair && { toRepair }) }];
    }),
    ...good.map((record): [string, KnownRecord] => [
      record.id,
      { behind: { agesFrom: record.occurredOn }, goodRecord: record },
    ]),
  ]);
}
