/** What a consent may be requested for, and what each step of it writes. Pure. Source: L-04, L-09, 3.6. */
import { addDays, dayOf } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { uscc } from '@chengxin/kit/import/identifiers';
import { GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import { ConsentForm, ConsentPurpose, type Consent } from '../consent/consent.entity.js';
import { TEMPLATES, type ReportTemplate } from '../employer/template.rules.js';
import type { Archive } from '../life-cycle/archive.entity.js';
import { TEXT_VERSION } from '../notify/notice-text.js';

/** A consent lasts as long at most as a third party's rows are kept (3.6) `[P]`. */
const DAYS_AT_MOST = 730;
const NAME_AT_MOST = 100;

/** Groups that a consent of a purpose may name; each of the others has one answer. */
const CHOICES: Readonly<Partial<Record<ConsentPurpose, readonly Group[]>>> = {
  [ConsentPurpose.THIRD_PARTY_COLLECT]: ['CARD_OVERDRAFTS', 'PHONE_BILLS'],
  [ConsentPurpose.PROVIDER_SHARE]: GROUPS,
};
const FIXED: Readonly<Partial<Record<ConsentPurpose, readonly Group[]>>> = {
  [ConsentPurpose.MODEL_CASE]: ['MODEL_CASES'],
  [ConsentPurpose.POSTGRAD_LOAN]: ['LOAN_PERFORMANCE'],
};

/** What is requested of a student: one purpose, one recipient. */
export interface ConsentWish {
  readonly purpose: ConsentPurpose;
  readonly recipientName: string;
  readonly recipientUscc: string;
  readonly fieldGroups?: readonly string[];
  readonly reportTemplate?: string;
  readonly expiresAt: string;
}

const isTemplate = (name: string | undefined): name is ReportTemplate =>
  name !== undefined && Object.hasOwn(TEMPLATES, name);

/** @throws VALIDATION for groups that the purpose does not have, or for an unknown template. */
function groupsOf({ purpose, fieldGroups = [], reportTemplate }: ConsentWish): string[] {
  const isReport = purpose === ConsentPurpose.EMPLOYER_REPORT;
  if (isReport !== (reportTemplate !== undefined) || (isReport && !isTemplate(reportTemplate)))
    throw invalid(
      'reportTemplate',
      '用人单位报告须选择 STUDY、CONDUCT 或 FULL，其他用途不选。 STUDY, CONDUCT or FULL, for a report alone.',
    );
  const choices = CHOICES[purpose];
  if (!choices) {
    if (fieldGroups.length)
      throw invalid('fieldGroups', '该用途的信息类别是固定的。 This purpose has fixed groups.');
    return [...(isTemplate(reportTemplate) ? TEMPLATES[reportTemplate] : (FIXED[purpose] ?? []))];
  }
  if (!fieldGroups.length || fieldGroups.some((group) => !choices.includes(group as Group)))
    throw invalid(
      'fieldGroups',
      '请选择该用途允许的信息类别。 Name groups that this purpose allows.',
    );
  return [...new Set(fieldGroups)];
}

/** @throws VALIDATION for a recipient without a name, or with a wrong credit code. */
function recipientOf({ recipientName, recipientUscc }: ConsentWish) {
  if (!recipientName.trim())
    throw invalid('recipientName', '请填写接收方名称。 Name the recipient.');
  checkText('recipientName', recipientName, NAME_AT_MOST);
  const code = uscc(recipientUscc);
  if ('reason' in code) throw invalid('recipientUscc', `${code.reason.zh}。 ${code.reason.en}.`);
  return { recipientName: recipientName.trim(), recipientUscc: code.value };
}

/**
 * A consent that waits for its student: nothing is given, and nothing is bundled with it (L-09).
 *
 * @throws VALIDATION naming the argument.
 */
export const requested =
  (wish: ConsentWish) =>
  (_: Archive, { now, today }: Pick<Act, 'now' | 'today'>): Changes<Consent> => {
    const expiresAt = new Date(wish.expiresAt);
    if (expiresAt <= now || dayOf(expiresAt) > addDays(today, DAYS_AT_MOST))
      throw invalid(
        'expiresAt',
        `到期时间须晚于现在，且不超过 ${DAYS_AT_MOST} 天。 After now, within ${DAYS_AT_MOST} days.`,
      );
    const fieldGroups = groupsOf(wish);
    return {
      purpose: wish.purpose,
      ...recipientOf(wish),
      fieldGroups,
      ...(wish.reportTemplate !== undefined && { reportTemplate: wish.reportTemplate }),
      noticeVersion: TEXT_VERSION,
      expiresAt,
      form: ConsentForm.SEPARATE,
    };
  };

/**
 * Given by the student himself, as it was requested.
 *
 * @throws DEADLINE_PASSED for one whose end has come before it was given.
 */
export const granted = (
  { expiresAt }: Pick<Consent, 'expiresAt'>,
  { now }: Pick<Act, 'now'>,
): Changes<Consent> => {
  if (expiresAt <= now)
    throw changeFault(
      ChangeErrorCode.DEADLINE_PASSED,
      '该授权的有效期已过。 The end of this consent has come.',
    );
  return { grantedAt: now };
};

/** Taken back: out of force from this instant on. */
export const withdrawn = (_: Consent, { now }: Pick<Act, 'now'>): Changes<Consent> => ({
  withdrawnAt: now,
});

/** Its end has come. */
export const expired = (_: Consent, { now }: Pick<Act, 'now'>): Changes<Consent> => ({
  expiredAt: now,
});
