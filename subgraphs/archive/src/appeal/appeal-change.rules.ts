/** What each step of an appeal writes. Pure. Source: DOMAIN 2.4, G14. */
import { addDays } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText, STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Group } from '@chengxin/kit/privacy/groups';
import type { ConductRecord } from '../conduct/conduct-record.entity.js';
import type { Archive } from '../life-cycle/archive.entity.js';
import { AppealKind, AppealOutcome, AppealState } from './appeal-state.js';
import type { Appeal } from './appeal.entity.js';
import { readsItem } from './appeal.rules.js';
import { CLOSED_STATES, type ConductState } from '../rules/conduct-state.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';

/** An appeal is decided within so many days of its filing. */
const DAYS_TO_DECIDE = 20;
/** A rejected one is taken further within so many days. */
export const DAYS_TO_ESCALATE = 20;
/** The college's administrator receives every appeal whose target he may see. */
const COLLEGE = 'COL';

/** Official items of a profile that may be objected to: in words, with their groups (SC-01). */
const PROFILE_ITEMS: ReadonlyMap<string, readonly [zh: string, group: Group]> = new Map([
  ['name', ['姓名', 'IDENTITY']],
  ['college', ['学院', 'IDENTITY']],
  ['classCode', ['班级', 'IDENTITY']],
  ['majorCode', ['专业', 'IDENTITY']],
  ['cohort', ['年级', 'IDENTITY']],
  ['scope', ['培养类型', 'IDENTITY']],
  ['enrolmentStatus', ['学籍状态', 'IDENTITY']],
  ['enrolledOn', ['入学日期', 'IDENTITY']],
  ['sex', ['性别', 'SENSITIVE_IDENTITY']],
  ['birthDate', ['出生日期', 'SENSITIVE_IDENTITY']],
  ['ethnicCode', ['民族', 'SENSITIVE_IDENTITY']],
  ['politicalStatus', ['政治面貌', 'SENSITIVE_IDENTITY']],
  ['nativePlace', ['籍贯', 'SENSITIVE_IDENTITY']],
  ['idNumber', ['证件号码', 'SENSITIVE_IDENTITY']],
]);

/** `不是可申诉的信息项，可填 name（姓名）、…。 Not an item …: name, ….` */
const NO_ITEM = [
  `不是可申诉的信息项，可填 ${[...PROFILE_ITEMS].map(([item, [zh]]) => `${item}（${zh}）`).join('、')}。`,
  `Not an item that may be appealed against; name one of ${[...PROFILE_ITEMS.keys()].join(', ')}.`,
].join(' ');

export interface Objection {
  readonly grounds: string;
  readonly requestedOutcome: AppealOutcome;
}

/** @throws VALIDATION without grounds; one objects for a change, not for a rejection. */
export function checkObjection({ grounds, requestedOutcome }: Objection): Objection {
  if (!grounds.trim()) throw invalid('grounds', '请写明申诉理由。 Say on what grounds.');
  checkText('grounds', grounds, STATEMENT_AT_MOST);
  if (requestedOutcome === AppealOutcome.REJECT)
    throw invalid('requestedOutcome', '只能请求变更或撤销。 MODIFY or REVOKE.');
  return { grounds, requestedOutcome };
}

/** @throws As `checkObjection`. */
function filedBy(objection: Objection, { now, today }: Act): Changes<Appeal> {
  const { grounds, requestedOutcome } = checkObjection(objection);
  return {
    grounds,
    requestedOutcome,
    filedAt: now,
    handlerOffice: COLLEGE,
    dueOn: addDays(today, DAYS_TO_DECIDE),
    evidence: [],
  };
}

/**
 * Against a record that counts; the office that owns it decides once it was routed. What a provider found
 * goes straight to the provider, and names its finding as it is numbered there: nobody at the college may
 * see either.
 *
 * @param provider  Social credit code of the provider whose finding it is.
 */
export const filedAgainstRecord =
  (objection: Objection, provider?: string) =>
  (record: ConductRecord, act: Act): Changes<Appeal> => ({
    ...filedBy(objection, act),
    kind: AppealKind.RECORD,
    targetSubgraph: 'archive',
    targetTypename: 'ConductRecord',
    targetId: record.id,
    targetOffice: record.sourceOffice,
    targetGroups: ['BAD_CONDUCT', record.originGroup],
    recordId: record.id,
    ...(provider !== undefined && {
      targetSubgraph: record.sourceSubgraph,
      targetTypename: record.sourceTypename,
      targetId: record.sourceId,
      targetProvider: provider,
      handlerOffice: record.sourceOffice,
    }),
  });

/**
 * Against an official item of the own profile; the college decides.
 *
 * @throws VALIDATION for what is no such item.
 */
export const filedAgainstProfile =
  (objection: Objection, item: string) =>
  (_: Archive, act: Act): Changes<Appeal> => {
    const [, group] = PROFILE_ITEMS.get(item) ?? [];
    if (!group) throw invalid('target', NO_ITEM);
    return {
      ...filedBy(objection, act),
      kind: AppealKind.PROFILE,
      targetSubgraph: 'archive',
      targetTypename: 'Student',
      targetId: item,
      targetOffice: STUDENT_AFFAIRS,
      targetGroups: [group],
    };
  };

/** Whoever accepts or claims it has it in hand from then on. */
export const inHand = (_: Appeal, { by }: Act): Changes<Appeal> => ({ handlerNo: by.subject });

/** Accepted; a provider inquires at once, since its appeal is handed to nobody else. */
export const accepted = (row: Appeal, act: Act): Changes<Appeal> => ({
  ...inHand(row, act),
  state: row.targetProvider ? AppealState.INVESTIGATING : AppealState.ACCEPTED,
});

/** Not accepted, taken back, further reviewed: the state says it. */
export const unchanged = (): Changes<Appeal> => ({});

/**
 * To the office that owns the fact, where nobody has it in hand yet. The college decides on the items of
 * a profile that it reads; on the others it would find out by trying what it does not see.
 */
export const routed = (row: Appeal): Changes<Appeal> =>
  row.kind === AppealKind.PROFILE && readsItem({ role: 'COLLEGE_ADMIN' }, row)
    ? {}
    : { handlerOffice: row.targetOffice, handlerNo: null as unknown as string };

/** The last day on which a rejected appeal is taken further; the texts set none (T-08). */
const lastDayToEscalate = (decidedOn: string): string => addDays(decidedOn, DAYS_TO_ESCALATE);

/**
 * What was rejected is taken further, once.
 *
 * @throws STATE_CONFLICT when it was not rejected, or was reviewed before; DEADLINE_PASSED.
 */
export function requireEscalable(
  { outcome, escalatedAt, decidedOn }: Appeal,
  { today }: Pick<Act, 'today'>,
): void {
  if (outcome !== AppealOutcome.REJECT || escalatedAt)
    throw changeFault(ChangeErrorCode.STATE_CONFLICT);
  if (decidedOn && today > lastDayToEscalate(decidedOn))
    throw changeFault(ChangeErrorCode.DEADLINE_PASSED);
}

const OVER =
  '该记录已不再计入，无须申诉。 The record counts no more: nothing is left to appeal against.';

/** @throws STATE_CONFLICT for an appeal against a record that is over: it would be decided by nobody. */
export function requireCounting(state: ConductState | null): void {
  if (state && CLOSED_STATES.includes(state))
    throw changeFault(ChangeErrorCode.STATE_CONFLICT, OVER);
}

/** Student Affairs reviews it further; of what it may not see, another person of the provider does. */
export const escalated = (
  { targetProvider, handlerOffice }: Appeal,
  { now }: Act,
): Changes<Appeal> => ({
  escalatedAt: now,
  handlerOffice: targetProvider ? handlerOffice : STUDENT_AFFAIRS,
  handlerNo: null as unknown as string,
});

export interface Verdict {
  readonly outcome: AppealOutcome;
  readonly decisionText: string;
  /** What the item of the profile is from then on, as a cell of the student file has it. */
  readonly corrected?: string;
}

/** Whether a verdict corrects the archive itself: what an office owns, that office corrects (2.4). */
export const corrects = (
  { kind }: Pick<Appeal, 'kind'>,
  { outcome }: Pick<Verdict, 'outcome'>,
): boolean => kind === AppealKind.PROFILE && outcome === AppealOutcome.MODIFY;

/** @throws VALIDATION for a correction without its value, and for a value with nothing to correct. */
function checkCorrected(row: Appeal, verdict: Verdict): void {
  const isGiven = Boolean((verdict.corrected ?? '').trim());
  if (isGiven === corrects(row, verdict)) return;
  throw isGiven
    ? invalid(
        'corrected',
        '只有更正档案信息时才填写更正后的内容。 Only a profile item that is modified has a corrected value.',
      )
    : invalid('corrected', '请填写更正后的内容。 Say what the item is from now on.');
}

/**
 * REVOKE waits for a second person; anything else is decided.
 *
 * @throws VALIDATION without a text or without the corrected value, or when a profile item is to be
 *         revoked.
 */
export const decidedAs =
  (verdict: Verdict) =>
  (row: Appeal, { by, today }: Act): Changes<Appeal> => {
    const { outcome, decisionText } = verdict;
    if (!decisionText.trim())
      throw invalid('decisionText', '请写明决定理由。 Say why it is decided so.');
    checkText('decisionText', decisionText, STATEMENT_AT_MOST);
    if (outcome === AppealOutcome.REVOKE && row.kind === AppealKind.PROFILE)
      throw invalid(
        'outcome',
        '档案信息只能更正，不能撤销。 A profile item is corrected, not revoked.',
      );
    checkCorrected(row, verdict);
    const waits = outcome === AppealOutcome.REVOKE;
    const said = { outcome, decisionText, handlerNo: by.subject };
    return waits
      ? { ...said, state: AppealState.REVOKE_PROPOSED }
      : { ...said, decidedOn: today, state: AppealState.DECIDED };
  };

/**
 * What the office that owns the fact says to it; whoever decides reads it. Once.
 *
 * @throws VALIDATION without a text; STATE_CONFLICT when the office has answered.
 */
export const answered =
  (answer: string) =>
  ({ answeredBy }: Appeal, { by, now }: Act): Changes<Appeal> => {
    if (!answer.trim()) throw invalid('answer', '请写明答复。 Say what the office answers.');
    checkText('answer', answer, STATEMENT_AT_MOST);
    if (answeredBy) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
    return { officeAnswer: answer, answeredBy: by.subject, answeredAt: now };
  };

/** Confirmed by a second person. */
export const confirmed = (_: Appeal, { by, now, today }: Act): Changes<Appeal> => ({
  decidedOn: today,
  secondHandlerNo: by.subject,
  approvedBy: by.subject,
  approvedAt: now,
});

/** Back to whoever inquires: the proposed outcome does not stand. */
export const backToInquiry = (): Changes<Appeal> => ({
  outcome: null as unknown as AppealOutcome,
  decisionText: null as unknown as string,
  handlerNo: null as unknown as string,
});
