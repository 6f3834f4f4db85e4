/** When aid is decided, and for whom. Pure. Source: F-04, G9.4, note 9. */
import type { Act } from '@chengxin/kit/change/act';
import { shaped } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { DAY_MS } from '@chengxin/kit/clock';
import type { AidRound } from './aid-round.entity.js';

/** Hardship is open so long at most: a round without an end would be no round. */
const DAYS_AT_MOST = 120;
const ORGS_AT_MOST = 100;
const ROUND_ID = /^[\w-]{1,40}$/;
const ACADEMIC_YEAR = /^(\d{4})-(\d{4})$/;

export interface Round {
  readonly roundId: string;
  /** 2025-2026 */
  readonly academicYear: string;
  readonly orgCodes: readonly string[];
  /** Instants, ISO 8601. */
  readonly opensAt?: string;
  readonly closesAt: string;
}

/** @throws VALIDATION for a round that begins before now, is over or longer than a round may be. */
function windowOf({ opensAt: from, closesAt: to }: Round, now: Date) {
  const opensAt = from ? new Date(from) : now;
  const closesAt = new Date(to);
  if (opensAt < now)
    throw invalid('opensAt', '开始时间不得早于现在。 It does not begin before now.');
  if (closesAt <= opensAt)
    throw invalid('closesAt', '须晚于开始时间。 It must be after the opening.');
  if (closesAt.getTime() - opensAt.getTime() > DAYS_AT_MOST * DAY_MS)
    throw invalid(
      'closesAt',
      `一个轮次最长 ${DAYS_AT_MOST} 天。 A round lasts ${DAYS_AT_MOST} days at most.`,
    );
  return { opensAt, closesAt };
}

function checkYear(academicYear: string): void {
  const [, first, second] = ACADEMIC_YEAR.exec(academicYear) ?? [];
  if (Number(second) !== Number(first) + 1)
    throw invalid('academicYear', '格式为 2025-2026。 It is written 2025-2026.');
}

/**
 * @param unknown  Those of the named orgs that are not there.
 * @throws VALIDATION
 */
export function opened(round: Round, unknown: readonly string[], now: Date): Changes<AidRound> {
  const { roundId, academicYear } = round;
  shaped('roundId', roundId, ROUND_ID);
  checkYear(academicYear);
  const orgCodes = [...new Set(round.orgCodes)];
  if (!orgCodes.length || orgCodes.length > ORGS_AT_MOST)
    throw invalid(
      'orgCodes',
      `请填写 1 至 ${ORGS_AT_MOST} 个机构。 Name one to ${ORGS_AT_MOST} orgs.`,
    );
  if (unknown.length) throw invalid('orgCodes', `没有机构 ${unknown.join('、')}。 No such org.`);
  return { roundId, academicYear, orgCodes, ...windowOf(round, now) };
}

/** From now on nothing is read in it any more; one that had not begun never opens. */
export const closedRound = ({ opensAt, closesAt }: AidRound, { now }: Act): Changes<AidRound> => ({
  ...(now > opensAt && now < closesAt && { closesAt: now }),
});
