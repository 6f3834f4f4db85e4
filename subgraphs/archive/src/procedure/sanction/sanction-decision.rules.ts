/** What a sanction is decided to be: which of the five, for how long, on what basis. Pure. */
import type { Act } from '@chengxin/kit/change/act';
import { documentNo, withEvidence } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Sanction } from '../sanction.entity.js';
import { SanctionType } from '../sanction-state.js';

const LEAST_MONTHS = 6;
const MOST_MONTHS = 12;

/** From the mildest to the gravest (L-02). */
const BY_GRAVITY = Object.values(SanctionType);

export interface SanctionDecision {
  readonly type?: SanctionType;
  readonly docNo: string;
  readonly decidedOn?: string;
  /** None of an expulsion. */
  readonly termMonths?: number;
  readonly measureListItem?: string;
  readonly resolutionNo?: string;
}

/** What the school has laid down, as far as the decision names it. */
export interface SanctionBasis {
  /** Codes of the measures that may follow the misconduct of a student. */
  readonly listed: readonly string[];
  /** Whether a meeting that was held has made the resolution that is named. */
  readonly isResolved: boolean;
}

/** @throws VALIDATION for what is graver than what the student was heard on (L-07). */
function checkGravity({ type }: Pick<Sanction, 'type'>, decided: SanctionType): void {
  if (BY_GRAVITY.indexOf(decided) > BY_GRAVITY.indexOf(type))
    throw invalid(
      'type',
      '不得重于告知学生的处分种类，请重新拟定并告知。 Graver than what the student was heard on: draft it anew.',
    );
}

/** @throws VALIDATION for a term outside 6 to 12 months, or one of an expulsion (INV-15). */
function checkTerm(type: SanctionType, termMonths: number | undefined): void {
  if (type === SanctionType.EXPULSION) {
    if (termMonths !== undefined)
      throw invalid('termMonths', '开除学籍不设期限。 An expulsion has no term.');
    return;
  }
  if (termMonths === undefined || termMonths < LEAST_MONTHS || termMonths > MOST_MONTHS)
    throw invalid('termMonths', '处分期限为 6 至 12 个月。 A term of 6 to 12 months.');
}

/** @throws VALIDATION for an expulsion that no meeting resolved, and for a resolution of another. */
function checkResolution(
  type: SanctionType,
  { resolutionNo }: SanctionDecision,
  { isResolved }: SanctionBasis,
): void {
  if (type !== SanctionType.EXPULSION) {
    if (resolutionNo !== undefined)
      throw invalid('resolutionNo', '仅开除学籍需会议决议。 Only an expulsion names one.');
    return;
  }
  if (!isResolved)
    throw invalid(
      'resolutionNo',
      '开除学籍须有已召开会议的决议编号。 An expulsion needs the resolution of a meeting that was held.',
    );
}

/** @throws VALIDATION for what is not on the school's list, once it has one (L-16, Z5.5.1). */
function checkListed(item: string | undefined, { listed }: SanctionBasis): void {
  const isMissing = item === undefined ? listed.length > 0 : !listed.includes(item);
  if (isMissing)
    throw invalid(
      'measureListItem',
      '请填写惩戒措施清单中的编号。 Name an item of the measure list.',
    );
}

/**
 * Decided by a second person, on what the student was heard on.
 *
 * @throws VALIDATION for a graver sanction, a wrong term, a day before the hearing or to come, or
 *         without document, resolution or item of the list.
 */
export const decidedSanction =
  (decision: SanctionDecision, basis: SanctionBasis) =>
  (row: Sanction, { by, now, today }: Act): Changes<Sanction> => {
    const { type = row.type, docNo, decidedOn = today, termMonths } = decision;
    const { measureListItem, resolutionNo } = decision;
    checkGravity(row, type);
    checkTerm(type, termMonths);
    checkResolution(type, decision, basis);
    checkListed(measureListItem, basis);
    if (decidedOn > today || decidedOn < (row.statementOn ?? row.notifiedOn ?? ''))
      throw invalid('decidedOn', '早于听取陈述或晚于今天。 Before the hearing, or after today.');
    return {
      type,
      docNo: documentNo('docNo', docNo),
      decidedOn,
      ...(termMonths !== undefined && { termMonths }),
      ...(measureListItem !== undefined && { measureListItem }),
      ...(resolutionNo !== undefined && { resolutionNo }),
      evidence: withEvidence('docNo', row.evidence, [docNo]),
      approvedBy: by.subject,
      approvedAt: now,
    };
  };
