/** What each step of a sanction writes, but for its decision. Pure. Source: L-03, L-06, L-07, 2.4. */
import type { Act } from '@chengxin/kit/change/act';
import { withEvidence } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { addMonths } from '@chengxin/kit/clock';
import type { ConductRecord } from '../../conduct/conduct-record.entity.js';
import type { Sanction } from '../sanction.entity.js';
import { SanctionState, type SanctionType } from '../sanction-state.js';

/** Records of one sanction. */
const RECORDS_AT_MOST = 20;
/** Days after its service in which a sanction is appealed against (L-06). */
export const DAYS_TO_APPEAL = 10;

/** @throws VALIDATION for more records than one sanction rests on. */
export function checkCount(recordIds: readonly string[]): void {
  if (recordIds.length > RECORDS_AT_MOST)
    throw invalid(
      'recordIds',
      `最多 ${RECORDS_AT_MOST} 条记录。 At most ${RECORDS_AT_MOST} records.`,
    );
}

const NOT_FREE =
  '所列记录须属同一学生、仍在计入、无未决异议，且没有其他处分或处分草案。 The records must be of one student, count, be undisputed, and stand under no other sanction or draft of one.';

/** What a sanction is to rest on; a draft has its number. */
export interface Grounds {
  readonly id?: string;
  readonly studentNo: string;
  readonly recordIds: readonly string[];
}

/** @throws STATE_CONFLICT unless all of them count, are undisputed, of the student, under no sanction. */
export function checkFree({ recordIds }: Grounds, free: number | undefined): void {
  if (free !== recordIds.length) throw changeFault(ChangeErrorCode.STATE_CONFLICT, NOT_FREE);
}

/** Drafted on records that count; the office that found the first of them is that of the matter. */
export const draftedSanction = (
  type: SanctionType,
  [first, ...others]: readonly [ConductRecord, ...ConductRecord[]],
): Changes<Sanction> => ({
  type,
  sourceOffice: first.sourceOffice,
  recordIds: [first.id, ...others.map(({ id }) => id)],
  evidence: [],
});

/** The student is notified of facts, reasons and basis before anything is decided (L-07). */
export const noticeGiven = (_: Sanction, { today }: Act): Changes<Sanction> => ({
  notifiedOn: today,
});

export interface HearingHeld {
  readonly statementOn?: string;
  readonly minutesDocNo?: string;
}

/**
 * The student was heard, or has let the time for it pass.
 *
 * @param filedOn  Day on which he answered the notice, if he did.
 * @throws VALIDATION for a day before the notice or to come.
 */
export const heardStudent =
  ({ statementOn, minutesDocNo }: HearingHeld, filedOn: string | undefined) =>
  (row: Sanction, { today }: Act): Changes<Sanction> => {
    const heardOn = statementOn ?? filedOn;
    if (heardOn && (heardOn > today || heardOn < (row.notifiedOn ?? '')))
      throw invalid('statementOn', '早于告知或晚于今天。 Before the notice, or after today.');
    const minutes = minutesDocNo === undefined ? [] : [minutesDocNo];
    return {
      ...(heardOn && { statementOn: heardOn }),
      evidence: withEvidence('minutesDocNo', row.evidence, minutes),
    };
  };

/**
 * Served today: from now on the time to appeal runs, and the term, which an appeal does not lengthen.
 *
 * @param appealDeadline  Last day of an appeal.
 */
export const servedSanction =
  (appealDeadline: string) =>
  ({ termMonths }: Sanction, { today }: Act): Changes<Sanction> => ({
    servedOn: today,
    appealDeadline,
    ...(termMonths && { termEndsOn: addMonths(today, termMonths) }),
  });

/** @throws STATE_CONFLICT before the term is over (L-03). */
export function requireTermOver(
  { termEndsOn = '' }: Sanction,
  { today }: Pick<Act, 'today'>,
): void {
  if (today < termEndsOn)
    throw changeFault(ChangeErrorCode.STATE_CONFLICT, '处分期限未满。 The term is not over.');
}

/** Lifted today. */
export const liftedSanction = (_: Sanction, { today }: Act): Changes<Sanction> => ({
  liftedOn: today,
});

const UNDER_APPEAL = '申诉尚未作出结论，或已维持。 Its appeal is open, or the sanction was upheld.';

/**
 * While it is under appeal, the school does not anticipate the committee: it annuls a sanction on the
 * committee's conclusion alone, to decide anew.
 *
 * @throws STATE_CONFLICT
 */
export function requireConclusion({ state }: Sanction, isNotUpheld: boolean): void {
  if (state === SanctionState.APPEALED && !isNotUpheld)
    throw changeFault(ChangeErrorCode.STATE_CONFLICT, UNDER_APPEAL);
}

const STILL_FOUNDED = '其所依据的记录未全部撤销。 Not all of its records were revoked.';

/** @throws STATE_CONFLICT while a record that it rests on was not revoked. */
export function requireUnfounded(_: Sanction, isUnfounded: boolean): void {
  if (!isUnfounded) throw changeFault(ChangeErrorCode.STATE_CONFLICT, STILL_FOUNDED);
}

const DISPUTED = '其所依据的记录有未决异议。 A record that it rests on is disputed by an appeal.';

/** @throws STATE_CONFLICT while an appeal against one of its records is open: what it rests on may fall. */
export function requireUndisputed(_: Sanction, isDisputed: boolean): void {
  if (isDisputed) throw changeFault(ChangeErrorCode.STATE_CONFLICT, DISPUTED);
}

/** Withdrawn, in force, its term running, annulled: the state says it. */
export const stateOfSanction = (): Changes<Sanction> => ({});
