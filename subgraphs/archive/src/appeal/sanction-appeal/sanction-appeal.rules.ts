/** What each step of an appeal against a sanction writes. Pure. Source: L-06, T-06, DOMAIN 2.4. */
import type { Act } from '@chengxin/kit/change/act';
import { documentNo } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText, STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Sanction } from '../../procedure/sanction.entity.js';
import { checkObjection, type Objection } from '../appeal-change.rules.js';
import { AppealKind, type AppealOutcome } from '../appeal-state.js';
import type { Appeal } from '../appeal.entity.js';
import { CommitteeConclusion, CONCLUDED } from './committee-conclusion.js';
import { STUDENT_AFFAIRS } from '../../org/own-office.js';

/** The committee concludes within so many days of the filing; once it takes as many more. */
export const DAYS_TO_CONCLUDE = 15;
/** Days after the conclusion in which the student goes on to the province. */
export const DAYS_TO_PROVINCE = 15;
/** The student appeal committee (学生申诉处理委员会), which decides. */
export const COMMITTEE = 'SAC';

/**
 * Against an own sanction that was served, within the time that its decision names.
 *
 * @param dueOn  Day by which the committee is to conclude.
 * @throws VALIDATION without grounds; DEADLINE_PASSED after the last day of an appeal.
 */
export const filedAgainstSanction =
  (objection: Objection, dueOn: string) =>
  (row: Sanction, { now, today }: Act): Changes<Appeal> => {
    const { grounds, requestedOutcome } = checkObjection(objection);
    if (row.appealDeadline && today > row.appealDeadline)
      throw changeFault(ChangeErrorCode.DEADLINE_PASSED);
    return {
      kind: AppealKind.SANCTION,
      targetSubgraph: 'archive',
      targetTypename: 'Sanction',
      targetId: row.id,
      // It decided the sanction, whoever found the fact: to the other offices its appeal is no own fact.
      targetOffice: STUDENT_AFFAIRS,
      targetGroups: ['SANCTION_FILES'],
      sanctionId: row.id,
      grounds,
      requestedOutcome,
      filedAt: now,
      handlerOffice: COMMITTEE,
      dueOn,
      evidence: [],
    };
  };

/** A member of the committee takes it up. */
export const underReview = (_: Appeal, { by }: Act): Changes<Appeal> => ({
  handlerNo: by.subject,
});

/** @throws STATE_CONFLICT when the committee has taken longer before. */
export function requireFirstExtension({ extendedAt }: Appeal): void {
  if (extendedAt) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
}

/** The committee takes longer, once. */
export const extended =
  (dueOn: string) =>
  (_: Appeal, { now }: Act): Changes<Appeal> => ({ dueOn, extendedAt: now });

export interface ConcludedAs {
  readonly conclusion: CommitteeConclusion;
  readonly decisionText: string;
}

/**
 * Concluded with reasons. Of what is not won the student may go on to the province.
 *
 * @param provincialDeadline  Last day for that.
 * @throws VALIDATION without a text.
 */
export const concluded =
  ({ conclusion, decisionText }: ConcludedAs, provincialDeadline: string) =>
  (_: Appeal, { by, now }: Act): Changes<Appeal> => {
    if (!decisionText.trim())
      throw invalid('decisionText', '请写明决定理由。 Say why it is decided so.');
    checkText('decisionText', decisionText, STATEMENT_AT_MOST);
    return {
      ...CONCLUDED[conclusion],
      decisionText,
      handlerNo: by.subject,
      approvedBy: by.subject,
      approvedAt: now,
      ...(conclusion !== CommitteeConclusion.REVOKE && { provincialDeadline }),
    };
  };

/**
 * On to the province, while the sanction is still under appeal.
 *
 * @param isUnderAppeal  Whether the sanction is: neither won nor annulled meanwhile.
 * @throws DEADLINE_PASSED after the last day for it; STATE_CONFLICT where nothing is left to appeal.
 */
export function requireProvincial(
  { provincialDeadline }: Appeal,
  isUnderAppeal: boolean,
  { today }: Pick<Act, 'today'>,
): void {
  if (provincialDeadline && today > provincialDeadline)
    throw changeFault(ChangeErrorCode.DEADLINE_PASSED);
  if (!isUnderAppeal) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
}

/** It goes on to the province: the state says it. */
export const toProvince = (): Changes<Appeal> => ({});

export interface ProvincialOutcome {
  readonly outcome: AppealOutcome;
  readonly docNo: string;
}

/** What the province decided, by its document; the committee's conclusion stays beside it. */
export const decidedByProvince =
  ({ outcome, docNo }: ProvincialOutcome) =>
  (): Changes<Appeal> => ({
    provincialOutcome: outcome,
    provincialDocNo: documentNo('docNo', docNo),
  });
