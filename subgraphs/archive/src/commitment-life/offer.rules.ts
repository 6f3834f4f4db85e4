/** What an office offers, and to whom it may. Pure. Source: Z5.2.2, DOMAIN 2.4. */
import { documentNo } from '@chengxin/kit/change/documents.rules';
import {
  ChangeErrorCode,
  changeFault,
  invalid,
  ofRow,
  type ChangeError,
} from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { STUDENT_NO } from '@chengxin/kit/student-no';
import { ArchiveState } from '../life-cycle/archive-state.js';
import { requireNotClosed } from '../life-cycle/archive/read-only.rules.js';
import { CommitmentMatter, CommitmentState } from '../life-cycle/commitment-matter.js';
import {
  TemplateKind,
  TemplateState,
  type CommitmentTemplate,
} from '../life-cycle/commitment-template.entity.js';
import type { Commitment } from '../life-cycle/commitment.entity.js';

const SUBJECTS_AT_MOST = 500;

/** States in which a promise binds, or waits for a signature. */
export const STANDING: readonly CommitmentState[] = [
  CommitmentState.OFFERED,
  CommitmentState.SIGNED,
  CommitmentState.IN_FORCE,
  CommitmentState.BREACH_REPORTED,
  CommitmentState.RECTIFYING,
];

/** What is offered, whomever it goes to. */
export interface OfferedPromise {
  readonly matter: CommitmentMatter;
  readonly templateVersion: string;
  readonly businessRef?: string | undefined;
  readonly signBy: string;
  readonly dueOn?: string | undefined;
}

export interface Offer extends OfferedPromise {
  /** Student numbers. */
  readonly subjects: readonly string[];
}

type Text = Pick<CommitmentTemplate, 'kind' | 'ownerOffice' | 'subjectTypes' | 'state' | 'validTo'>;

/**
 * What is wrong with an offer as a whole.
 *
 * @throws VALIDATION naming the argument.
 */
export function checkOffer(offer: Offer, today: string): void {
  const { matter, subjects, businessRef, signBy, dueOn } = offer;
  if (matter === CommitmentMatter.ENTRY)
    throw invalid(
      'matter',
      '入学承诺书由 launchSigning 统一发起。 The letter of entry is offered by launchSigning.',
    );
  if (!subjects.length || subjects.length > SUBJECTS_AT_MOST)
    throw invalid(
      'subjects',
      `应为 1 至 ${SUBJECTS_AT_MOST} 个。 1 to ${SUBJECTS_AT_MOST} of them.`,
    );
  if (new Set(subjects).size < subjects.length)
    throw invalid('subjects', '有重复。 One stands there twice.');
  if (businessRef !== undefined) documentNo('businessRef', businessRef);
  if (signBy < today) throw invalid('signBy', '签署截止日已过。 The last day to sign is over.');
  if (dueOn && dueOn < signBy)
    throw invalid('dueOn', '早于签署截止日。 It is before the last day to sign.');
}

/** @throws VALIDATION for a text that the office has not published for students, or whose time is over. */
export function checkText(text: Text | undefined, office: string, signBy: string): void {
  const isOwn = text?.ownerOffice === office && text.kind === TemplateKind.COMMITMENT;
  if (!isOwn || text.state !== TemplateState.PUBLISHED)
    throw invalid(
      'templateVersion',
      '本部门没有已发布的该版本承诺书。 Your office has published no such text.',
    );
  if (!text.subjectTypes.includes('STUDENT'))
    throw invalid('templateVersion', '该承诺书不由学生签署。 The text is not for students.');
  if (text.validTo && text.validTo < signBy)
    throw invalid('signBy', '该承诺书届时已失效。 The text is not valid any more by then.');
}

/** A number that nobody can have. */
export const isNoNumber = (subject: string): boolean => !STUDENT_NO.test(subject);

const asError = (fault: unknown): ChangeError => {
  const error = ofRow(fault);
  if (!error) throw fault;
  return error;
};

export const NO_NUMBER: ChangeError = asError(
  invalid('subjects', '不是学号。 It is no student number.'),
);
/** Of a number that is nobody's, for an office that may read every student. */
export const NOBODY: ChangeError = asError(
  changeFault(ChangeErrorCode.NOT_FOUND, '没有此学号。 Nobody has this student number.', [
    'subjects',
  ]),
);

/** What of a student stands in the way of an offer. */
export interface Addressee {
  readonly studentNo: string;
  readonly archiveState: ArchiveState | null;
  /** The office has offered the same to him, and it is not settled. */
  readonly isOffered: boolean;
}

/** Why a promise cannot be offered to a student; nothing where it can. */
export function obstacleTo({ archiveState, isOffered }: Addressee): ChangeError | undefined {
  if (isOffered)
    return asError(
      changeFault(
        ChangeErrorCode.STATE_CONFLICT,
        '该事项已有未办结的承诺。 The same was offered to him and is not settled.',
      ),
    );
  try {
    requireNotClosed('commitment.offer', archiveState ?? undefined);
    return undefined;
  } catch (fault) {
    return asError(fault);
  }
}

/** A promise as it is offered to a student. */
export const offered =
  ({ matter, templateVersion, businessRef, signBy, dueOn }: OfferedPromise, ownerOffice: string) =>
  (studentNo: string): Changes<Commitment> => ({
    studentNo,
    matter,
    templateVersion,
    ownerOffice,
    ...(businessRef !== undefined && { businessRef: businessRef.trim() }),
    signBy,
    ...(dueOn && { dueOn }),
    state: CommitmentState.OFFERED,
    evidence: [],
  });
