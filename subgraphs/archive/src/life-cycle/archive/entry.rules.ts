/** When an archive leaves the signing, and what each step of entry writes. Pure. Source: G10, 2.4. */
import { addDays } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { ArchiveState, VerificationState } from '../archive-state.js';
import type { Archive } from '../archive.entity.js';

/** What an archive waits for before its data are checked, in whichever order it comes (2.4). */
export interface EntrySteps {
  readonly isAgreed: boolean;
  readonly isPromised: boolean;
  readonly isActivated: boolean;
}

const NAME_AT_MOST = 100;

/** Days of the check, where a launch said none: none was launched so (G10.4). */
export const USUAL_VERIFICATION_DAYS = 30;

/** What a launch needs, as it is called. */
const NEEDED = {
  agreement: ['服务协议', 'the service agreement'],
  letter: ['入学承诺书', 'the letter of entry'],
  notice: ['个人信息处理告知书', 'the notice on processing'],
} as const;

/** Which of the texts that a launch needs are not in force: one sentence (G10.2, L-10). */
export function notPublished(texts: Record<keyof typeof NEEDED, unknown>): string {
  const missing = Object.entries(NEEDED).flatMap(([name, words]) =>
    texts[name as keyof typeof NEEDED] ? [] : [words],
  );
  const [zh, en] = [missing.map(([word]) => word), missing.map(([, words]) => words)];
  return `尚未发布：${zh.join('、')}。 Not published yet: ${en.join(', ')}.`;
}

/** The archive after one of the steps: the last of them opens the check of its data. */
export function afterStep(
  { isAgreed, isPromised, isActivated }: EntrySteps,
  { verificationDays = USUAL_VERIFICATION_DAYS }: Pick<Archive, 'verificationDays'>,
  today: string,
): Changes<Archive> {
  if (!isAgreed || !isPromised || !isActivated) return { state: ArchiveState.PENDING_SIGNATURE };
  return {
    state: ArchiveState.PENDING_VERIFICATION,
    verificationDueOn: addDays(today, verificationDays),
    verificationState: VerificationState.OPEN,
  };
}

/**
 * The student has checked his data within the set time (G10.4).
 *
 * @throws DEADLINE_PASSED
 */
export const confirmed =
  (withAppeal: boolean) =>
  ({ verificationDueOn }: Archive, { now, today }: Act): Changes<Archive> => {
    if (verificationDueOn && today > verificationDueOn)
      throw changeFault(ChangeErrorCode.DEADLINE_PASSED);
    const { CONFIRMED, CONFIRMED_WITH_APPEAL } = VerificationState;
    return {
      verificationState: withAppeal ? CONFIRMED_WITH_APPEAL : CONFIRMED,
      confirmedAt: now,
    };
  };

/** The set time is over and nothing was confirmed. */
export const overdue = (): Changes<Archive> => ({ verificationState: VerificationState.OVERDUE });

/** The state says it: frozen, thawed, void. */
export const stateAlone = (): Changes<Archive> => ({});

export interface Guardian {
  readonly guardianName: string;
  readonly guardianRelation: string;
  readonly guardianForm: string;
}

/**
 * A guardian's consent, for whomever the college has it (F-03): who needs none is not refused, for a
 * refusal would tell an age.
 *
 * @throws STATE_CONFLICT once the agreement is signed; VALIDATION.
 */
export const withGuardian =
  ({ guardianName, guardianRelation, guardianForm }: Guardian) =>
  ({ agreementId }: Archive, { now }: Act): Changes<Archive> => {
    if (agreementId) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
    const said = { guardianName, guardianRelation, guardianForm };
    for (const [path, text] of Object.entries(said)) {
      if (!text.trim()) throw invalid(path, '不能为空。 It must not be blank.');
      checkText(path, text, NAME_AT_MOST);
    }
    return { ...said, guardianAt: now };
  };

/** No consent waits any more: the agreement holds it. */
export const WITHOUT_GUARDIAN = {
  guardianName: null as unknown as string,
  guardianRelation: null as unknown as string,
  guardianForm: null as unknown as string,
  guardianAt: null as unknown as Date,
} as const;
