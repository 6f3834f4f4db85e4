/** For how long a request for an export waits, and its file stands. Pure. Source: DOMAIN 3.6, G20.1. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { DAY_MS } from '@chengxin/kit/clock';
import type { BulkExport } from './bulk-export.entity.js';

/** Days within which a second person decides; after that it is requested anew. */
const WAITS_DAYS = 7;
/** Students of one export (3.6). */
export const STUDENTS_AT_MOST = 500;

export type ExportWish = Pick<
  BulkExport,
  'operation' | 'operationHash' | 'variables' | 'format' | 'publicKey' | 'studentCount'
>;

/** @throws VALIDATION for more students than one file holds, or none. */
export function requireCount(studentCount: number): void {
  if (studentCount > STUDENTS_AT_MOST)
    throw invalid(
      'variables',
      `一次最多 ${STUDENTS_AT_MOST} 名学生，请缩小范围。 ${STUDENTS_AT_MOST} students at most: narrow the filter.`,
    );
  if (studentCount < 1)
    throw invalid('variables', '没有符合条件的学生。 There is no student of this kind.');
}

export function requested(
  wish: ExportWish,
  { by, now }: Pick<Act, 'by' | 'now'>,
): Changes<BulkExport> {
  requireCount(wish.studentCount);
  return { ...wish, forRole: by.role, endsAt: new Date(now.getTime() + WAITS_DAYS * DAY_MS) };
}

/**
 * Approved: its file can be fetched for 24 hours from now on.
 *
 * @throws DEADLINE_PASSED for one that nobody approved in time.
 */
export function approved(
  { endsAt }: BulkExport,
  { by, now }: Pick<Act, 'by' | 'now'>,
): Changes<BulkExport> {
  if (endsAt <= now) throw changeFault(ChangeErrorCode.DEADLINE_PASSED);
  return { approvedBy: by.subject, approvedAt: now, endsAt: new Date(now.getTime() + DAY_MS) };
}
