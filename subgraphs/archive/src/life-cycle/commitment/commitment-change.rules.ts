/** What each step of a promise writes. Pure. Source: DOMAIN 2.4, G8.1. */
import { digestStream } from '@chengxin/kit/call/crypto';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { CommitmentMatter, CommitmentState } from '../commitment-matter.js';
import type { CommitmentTemplate } from '../commitment-template.entity.js';
import type { Commitment } from '../commitment.entity.js';
import { textSha256 } from './template.rules.js';

/** What a signature stands for: the promise, who signs, the text and the instant. */
const signatureHash = (id: string, signer: string, text: CommitmentTemplate, at: Date): string =>
  digestStream()
    .update([id, signer, textSha256(text), at.toISOString()].join('\n'), 'utf8')
    .digest('hex');

/**
 * Signed: when, and the hash of text and signature.
 *
 * @throws DEADLINE_PASSED after the last day to sign, be the offer expired already or not.
 */
export const signed =
  (text: CommitmentTemplate) =>
  ({ id, signBy }: Commitment, { by, now, today }: Act): Changes<Commitment> => {
    if (signBy && today > signBy) throw changeFault(ChangeErrorCode.DEADLINE_PASSED);
    return { signedAt: now, signatureHash: signatureHash(id, by.subject, text, now) };
  };

/** Declined, in force, expired: the state says it. */
export const stateAlone = (): Changes<Commitment> => ({});

/** The entry promise as a launch offers it to a student; it has no last day (2.4). */
export const offeredAtEntry =
  ({ templateVersion, ownerOffice }: Pick<CommitmentTemplate, 'templateVersion' | 'ownerOffice'>) =>
  (studentNo: string): Changes<Commitment> => ({
    studentNo,
    matter: CommitmentMatter.ENTRY,
    templateVersion,
    ownerOffice,
    state: CommitmentState.OFFERED,
    evidence: [],
  });
