/** What an agreement says once it is signed. Pure. Source: G10.2, F-03, INV-17. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Agreement } from '../agreement.entity.js';
import { SigningMethod } from '../agreement.entity.js';
import type { Archive } from '../archive.entity.js';
import type { CommitmentTemplate } from '../commitment-template.entity.js';
import { textSha256 } from '../commitment/template.rules.js';

/** What is known at the signing beside the archive. */
export interface Signing {
  readonly text: CommitmentTemplate | undefined;
  /** Version of the notice on processing that is in force (L-10). */
  readonly noticeVersion: string | undefined;
  /** Whether the student may sign alone. */
  readonly isOfAge: boolean;
}

/**
 * The agreement, with the guardian's consent where one was recorded.
 *
 * @throws STATE_CONFLICT when it is signed already, when there is nothing to sign, or when a guardian
 *         has to consent first: the student alone reads that, and knows his age.
 */
export function signedAgreement(
  { studentNo, agreementId, guardianName, ...archive }: Archive,
  { text, noticeVersion, isOfAge }: Signing,
  { now }: Act,
): Changes<Agreement> {
  if (agreementId || !text || !noticeVersion) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
  if (!isOfAge && !guardianName)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '请先由学院登记监护人同意。 A guardian has to consent first: see your college.',
    );
  const { guardianRelation, guardianForm, guardianAt } = archive;
  return {
    studentNo,
    templateVersion: text.templateVersion,
    textSha256: textSha256(text),
    signedAt: now,
    method: SigningMethod.ONLINE_SIGN,
    noticeVersion,
    evidence: [],
    ...(guardianName && {
      guardianName,
      guardianRelation,
      guardianForm,
      guardianAt,
    }),
  } as Changes<Agreement>;
}
