/** When two numbers are one person's, and what of two students holds. Pure. Source: F-07. */
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Consent } from '../consent/consent.entity.js';
import { ArchiveState } from '../life-cycle/archive-state.js';
import type { Student } from '../student/student.entity.js';

/** Two students, as a merge looks at them. */
export interface Pair {
  /** The same document, by its kind and the digest of its number. */
  readonly isSamePerson: boolean;
  /** What of the person they say differently: `name`, `sex`, `birthDate`. */
  readonly differing: readonly string[];
  /** States of their archives; null without one. */
  readonly state: ArchiveState | null;
  readonly duplicateState: ArchiveState | null;
  /** Tables in which something of the two meets that people settle first. */
  readonly obstacles: readonly string[];
}

const PERSONAL: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  name: ['姓名', 'the name'],
  sex: ['性别', 'the sex'],
  birthDate: ['出生日期', 'the date of birth'],
};

const SETTLED_FIRST: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  appeal: ['待处理申诉', 'an open appeal'],
  case_decision: ['评价任务结论不同', 'two decisions of one case'],
  case_student: ['进行中的评价任务', 'a case that is not decided'],
  change_request: ['待处理更改请求', 'a request for a change'],
  graduation: ['毕业结论', 'how he graduates'],
  graduation_remark: ['毕业鉴定', 'the remark at graduation'],
  key_attention: ['重点关注', 'key attention'],
  self_entry: ['内容不同的同一自主填报', 'one entry that says two things'],
  student_merge: ['待批准的合并', 'another merge'],
  student_renumbering: ['待批准的学号变更', 'a change of the number'],
  subject_request: ['待答复的个人信息请求', 'a request about own data'],
};

/** How far an archive has come on its way into use; the others are on their way out, or held. */
const ON_THE_WAY: readonly (ArchiveState | null)[] = [
  null,
  ArchiveState.IMPORTED,
  ArchiveState.PENDING_SIGNATURE,
  ArchiveState.PENDING_VERIFICATION,
  ArchiveState.ACTIVE,
];

const said = (
  names: readonly string[],
  words: Readonly<Record<string, readonly [string, string]>>,
): [zh: string, en: string] => {
  const known = names.map((name) => words[name] ?? ([name, name] as const));
  return [known.map(([zh]) => zh).join('、'), known.map(([, en]) => en).join(', ')];
};

const conflict = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);

/** @throws VALIDATION naming `duplicateNo`, for the number that is to hold. */
export function requireTwo(studentNo: string, duplicateNo: string): void {
  if (studentNo === duplicateNo)
    throw invalid('duplicateNo', '须为另一学号。 It must be another number.');
}

/**
 * Two numbers may be merged: of one person by his document, both in use, with nothing that waits and
 * would be decided by the merge.
 *
 * @throws VALIDATION naming `duplicateNo`, of two people; STATE_CONFLICT naming what is settled first.
 */
export function requireMergeable({
  isSamePerson,
  differing,
  state,
  duplicateState,
  obstacles,
}: Pair): void {
  if (!isSamePerson)
    throw invalid(
      'duplicateNo',
      '两学号的证件不同，不能认定为同一人。 The two have different documents: nothing says that they are one person.',
    );
  if (differing.length) {
    const [zh, en] = said(differing, PERSONAL);
    throw conflict(`两学号登记的${zh}不同，请先更正。 They differ in ${en}: correct it first.`);
  }
  const [rank, other] = [state, duplicateState].map((one) => ON_THE_WAY.indexOf(one)) as [
    number,
    number,
  ];
  if (rank < 0 || other < 0)
    throw conflict(
      '有档案已冻结、关闭或正在关闭。 An archive of them is frozen, closed or closing.',
    );
  if (rank < other)
    throw conflict(
      '另一学号的档案进度更靠前，请保留该学号。 The archive of the other number is further on: keep that number.',
    );
  if (obstacles.length) {
    const [zh, en] = said(obstacles, SETTLED_FIRST);
    throw conflict(`须先处理：${zh}。 Settle first: ${en}.`);
  }
}

const PERHAPS = [
  'ethnicCode',
  'politicalStatus',
  'nativePlace',
  'address',
  'phone',
  'email',
  'photoRef',
  'emergencyContact',
] as const;

/** What the student who stays does not say, and the other does. What both say stays as it is. */
export function filledFrom(stays: Student, other: Student): Changes<Student> {
  const given = PERHAPS.filter((field) => !stays[field] && other[field]);
  return Object.fromEntries(given.map((field) => [field, other[field]]));
}

/** A consent by which data leave the school, in force under one of two numbers. */
export type Leaving = Pick<
  Consent,
  'consentId' | 'studentNo' | 'purpose' | 'recipientUscc' | 'fieldGroups' | 'expiresAt'
>;

const isWithin = (one: Leaving, other: Leaving): boolean =>
  one.fieldGroups.every((group) => other.fieldGroups.includes(group)) &&
  one.expiresAt <= other.expiresAt;

const isTwin = (one: Leaving, other: Leaving): boolean =>
  one.studentNo !== other.studentNo &&
  one.purpose === other.purpose &&
  one.recipientUscc === other.recipientUscc;

/**
 * Which consents end as two numbers become one. Each was given for what stood under one number, and
 * would cover what stood under the other: of two to the same recipient the stricter one stays, and one
 * that the other number has not given ends. The student may give it anew.
 *
 * @param consents  Those in force of both numbers, in an order that does not change.
 */
export function endingWith(consents: readonly Leaving[]): string[] {
  return consents
    .filter((one, at) => {
      const twins = consents.filter((other) => isTwin(one, other));
      // Of two that are equal the first stays.
      return !twins.some(
        (other) => isWithin(one, other) && (!isWithin(other, one) || at < consents.indexOf(other)),
      );
    })
    .map(({ consentId }) => consentId);
}
