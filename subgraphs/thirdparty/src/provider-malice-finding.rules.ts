/** When a provider may find malice in a row of its own. Pure. Source: T-04, L-04, DOMAIN 2.3, 2.4. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { CardOverdraft } from './card-overdraft.entity.js';
import type { PhoneBill } from './phone-bill.entity.js';
import type { ProviderMaliceFinding } from './provider-malice-finding.entity.js';

const DOC_NO_AT_MOST = 100;

export interface MaliceProposal {
  readonly docNo: string;
  readonly severity: string;
}

type Finding = Changes<ProviderMaliceFinding>;

const refused = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);

/** @throws STATE_CONFLICT without a document number, or where nothing is overdue. */
function proposed(
  { docNo, severity }: MaliceProposal,
  { consentId, provider, overdueDays }: CardOverdraft | PhoneBill,
  { today }: Pick<Act, 'today'>,
): Finding {
  if (!docNo.trim())
    throw refused('须有认定文书编号。 A finding needs the number of its document.');
  checkText('docNo', docNo, DOC_NO_AT_MOST);
  if (overdueDays <= 0) throw refused('该记录没有逾期。 Nothing of this row is overdue.');
  return { consentId, provider, docNo: docNo.trim(), severity, findingOn: today };
}

/** @throws VALIDATION for a severity that the indicator does not have (INV-04); as above. */
export const proposedOfCard =
  (proposal: MaliceProposal) =>
  (row: CardOverdraft, act: Pick<Act, 'today'>): Finding => {
    if (!['S1', 'S2'].includes(proposal.severity))
      throw invalid('severity', '信用卡恶意透支为 S1 或 S2。 S1 or S2 for a card.');
    return { ...proposed(proposal, row, act), cardOverdraftId: row.id };
  };

/** @throws STATE_CONFLICT for a bill that its operator does not confirm (Henan 27); as above. */
export const proposedOfPhone =
  (proposal: MaliceProposal) =>
  (row: PhoneBill, act: Pick<Act, 'today'>): Finding => {
    if (proposal.severity !== 'S1')
      throw invalid('severity', '电话卡恶意透支为 S1。 S1 for a phone.');
    if (!row.confirmed)
      throw refused(
        '未经运营商确认的账单不得认定恶意。 A bill that is not confirmed can be put to no finding.',
      );
    return { ...proposed(proposal, row, act), phoneBillId: row.id };
  };

/**
 * Confirmed by a second person, who has read what the student states: to wait in vain is not enough
 * where a person outside the school finds (T-04).
 *
 * @throws STATE_CONFLICT before the statement is filed.
 */
export const confirmed = (
  { studentStatement }: Pick<ProviderMaliceFinding, 'studentStatement'>,
  { by, now, today }: Pick<Act, 'by' | 'now' | 'today'>,
): Finding => {
  if (!studentStatement)
    throw refused('须有学生本人的陈述。 The statement of the student is not filed yet.');
  return { approvedBy: by.subject, approvedAt: now, findingOn: today };
};
