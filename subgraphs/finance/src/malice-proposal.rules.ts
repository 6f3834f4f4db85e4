/** When a bill may be proposed as unpaid out of malice: three tests, each recorded. Pure. Source: T-01. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { ArrearsCategory, type Arrears } from './arrears.entity.js';
import { categoryOf } from './arrears.rules.js';
import type { Bill } from './bill.entity.js';
import type { MaliceProposal } from './malice-proposal.entity.js';

/** INV-04: the range of D2-01. */
const SEVERITIES = ['S1', 'S2', 'S3'];
const DOCUMENT_AT_MOST = 100;

export interface Proposal {
  readonly severity: string;
  readonly abilityDocNo: string;
  readonly reasonDocNo: string;
}

/** @throws VALIDATION for a number of a document that is blank or too long. */
function documentNo(path: string, docNo: string): string {
  if (!docNo.trim()) throw invalid(path, '请填写材料编号。 Name the document.');
  checkText(path, docNo, DOCUMENT_AT_MOST);
  return docNo.trim();
}

/**
 * Able to pay and no proper reason, by a document each; past the deadline, by the bill itself.
 *
 * @param owed  The bill as of today, if it is owed at all.
 * @throws STATE_CONFLICT for a bill that is paid, not due, deferred or excused, or found malicious
 *         already; VALIDATION for a document or a severity.
 */
export const proposed =
  ({ severity, abilityDocNo, reasonDocNo }: Proposal) =>
  (
    { billNo, dueOn }: Bill,
    owed: Arrears | null,
    { today }: Pick<Act, 'today'>,
  ): Changes<MaliceProposal> => {
    const isOpen = owed && dueOn < today && categoryOf(owed, today) === ArrearsCategory.UNEXPLAINED;
    if (!isOpen)
      throw changeFault(
        ChangeErrorCode.STATE_CONFLICT,
        '该账单未逾期、已缴清、已缓交或有正当理由。 The bill is not overdue, paid, deferred or excused (T-01).',
      );
    if (!SEVERITIES.includes(severity))
      throw invalid('severity', '须为 S1、S2 或 S3。 S1, S2 or S3.');
    return {
      billNo,
      dueOn,
      severity,
      abilityDocNo: documentNo('abilityDocNo', abilityDocNo),
      reasonDocNo: documentNo('reasonDocNo', reasonDocNo),
    };
  };
