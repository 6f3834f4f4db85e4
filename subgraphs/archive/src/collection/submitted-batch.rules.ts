/** What an office hands over of a period, and what comes of its check. Pure. Source: G5.3, Z2.4, INV-18. */
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { officeOf } from '../org/own-office.js';
import type { CatalogueItem } from '../rules/catalogue-item.entity.js';
import { periodsOf, type Period } from './collection.rules.js';
import {
  BatchVerdict,
  SubmittedBatchState,
  type SubmittedBatch,
} from './submitted-batch.entity.js';

/** The period of an item that a day falls into: a term may begin in the year before its own. */
export function periodOf(item: CatalogueItem, day: string): Period | undefined {
  const year = Number(day.slice(0, 4));
  return [year, year + 1]
    .flatMap((one) => periodsOf(item.updateCycle, item.providerOffice, one))
    .find(({ from, until }) => from <= day && day <= until);
}

/** The item that a code names, where the actor's office supplies it. */
export function ownItem(
  catalogue: readonly CatalogueItem[],
  code: string,
  { role }: Pick<Act['by'], 'role'>,
): CatalogueItem {
  const item = catalogue.find((one) => one.code === code);
  if (!item || item.providerOffice !== officeOf(role))
    throw invalid(
      'catalogueItem',
      '目录中没有由本部门提供的此项。 The catalogue has no such item of your office.',
    );
  return item;
}

/** The period that has begun by today. */
export function begunPeriod(item: CatalogueItem, day: string, today: string): Period {
  const period = periodOf(item, day);
  if (!period || period.from > today)
    throw invalid('periodOn', '该期尚未开始。 This period has not begun.');
  return period;
}

/** Import runs in force of an item and a period. */
export interface CameIn {
  readonly runs: readonly string[];
  readonly rows: number;
  readonly rejected: number;
}

/** A nil report says that there is nothing; a report that is none needs something that came. */
function checkNil({ importedBy }: CatalogueItem, { rows }: CameIn, isNil: boolean): void {
  if (isNil && rows > 0)
    throw invalid('isNil', '本期已有生效数据，不是零报告。 Rows came in: it is no nil report.');
  if (!isNil && importedBy && rows === 0)
    throw invalid(
      'isNil',
      '本期没有生效数据：请先导入并经审核，或作零报告。 Nothing of it is in force: import it first, or report nil.',
    );
}

/** @throws VALIDATION */
export function submitted(
  item: CatalogueItem,
  period: Period,
  came: CameIn,
  { isNil, today }: { readonly isNil: boolean; readonly today: string },
): Changes<SubmittedBatch> {
  checkNil(item, came, isNil);
  const isCounted = isNil || item.importedBy !== '';
  return {
    office: item.providerOffice,
    catalogueItem: item.code,
    periodFrom: period.from,
    periodUntil: period.until,
    ...(period.dueOn && { dueOn: period.dueOn }),
    isNil,
    importRuns: isNil ? [] : [...came.runs],
    ...(isCounted && { rowCount: came.rows, rejectedCount: isNil ? 0 : came.rejected }),
    submittedOn: today,
  };
}

/** What is complete stands; all else goes back to its office, which hands it over anew. */
export const verified =
  (verdict: BatchVerdict) =>
  (
    _: SubmittedBatch,
    { by, now, today }: Pick<Act, 'by' | 'now' | 'today'>,
  ): Changes<SubmittedBatch> => ({
    verdict,
    state:
      verdict === BatchVerdict.COMPLETE
        ? SubmittedBatchState.VERIFIED
        : SubmittedBatchState.RETURNED,
    verifiedOn: today,
    approvedBy: by.subject,
    approvedAt: now,
  });
