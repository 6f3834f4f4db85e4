/** What each step of a repair writes. Pure. Source: DOMAIN 2.4, G15, L-17. */
import type { Act } from '@chengxin/kit/change/act';
import { filled, proven, withEvidence } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import { STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { isUuid } from '@chengxin/kit/database/uuid';
import {
  RepairDecision,
  RepairState,
  type RepairApplication,
} from '../procedure/repair-application.entity.js';
import { noNewBadSince, requireRepairable, type RecordToRepair } from './repairable.rules.js';

const RECORDS_AT_MOST = 20;
const GOOD_RECORDS_AT_MOST = 50;
const PROOFS_AT_MOST = 20;
/** Confirmed volunteer hours (2.3). */
const BY_HOURS = 'P-07';

/** An approved good record of the student's own that he names for his performance. */
export interface NamedGoodRecord {
  readonly id: string;
  readonly indicatorCode: string;
  /** Hours, of volunteering. */
  readonly amount: string | null;
}

export interface RepairContent {
  readonly recordIds: readonly string[];
  readonly statement: string;
  readonly remedyProofDocNos?: readonly string[];
  readonly goodRecordIds?: readonly string[];
}

/** Which of the rows that a draft names are the student's own. */
export interface OwnRows {
  readonly records: ReadonlySet<string>;
  readonly goodRecords: readonly NamedGoodRecord[];
}

/** @throws VALIDATION for a list that is too long, names something twice, or something that is no number. */
export function checkNumbers(path: string, ids: readonly string[], atMost: number): void {
  if (ids.length > atMost) throw invalid(path, `不得超过 ${atMost} 项。 No more than ${atMost}.`);
  if (new Set(ids).size < ids.length) throw invalid(path, '有重复。 One of them is named twice.');
  if (!ids.every((id) => isUuid(id)))
    throw invalid(path, '编号格式不符。 It is no number of a row.');
}

/** @throws VALIDATION for numbers that name nothing that could be the student's own. */
export function checkContent({ recordIds, goodRecordIds = [] }: RepairContent): void {
  if (!recordIds.length)
    throw invalid('recordIds', '请选择要修复的记录。 Name the records that are to be repaired.');
  checkNumbers('recordIds', recordIds, RECORDS_AT_MOST);
  checkNumbers('goodRecordIds', goodRecordIds, GOOD_RECORDS_AT_MOST);
}

const hoursOf = (named: readonly NamedGoodRecord[]): string =>
  named
    .filter(({ indicatorCode }) => indicatorCode === BY_HOURS)
    .reduce((hours, { amount }) => hours + Number(amount ?? 0), 0)
    .toFixed(1);

/**
 * The draft as it is written, and written anew.
 *
 * @throws VALIDATION for a record that is not the student's own, does not count or is a provider's,
 *         and for texts that are blank or too long.
 */
export const drafted = (content: RepairContent, own: OwnRows) => (): Changes<RepairApplication> => {
  const { recordIds, statement, remedyProofDocNos = [], goodRecordIds = [] } = content;
  if (!recordIds.every((id) => own.records.has(id)))
    throw invalid(
      'recordIds',
      '只能申请修复本人正在生效、由学校认定的不良记录。 Own bad records alone that count and that the school found; whoever found it repairs it (L-17).',
    );
  if (own.goodRecords.length < goodRecordIds.length)
    throw invalid('goodRecordIds', '没有这样的本人优良记录。 No such good record of your own.');
  if (remedyProofDocNos.length > PROOFS_AT_MOST)
    throw invalid(
      'remedyProofDocNos',
      `不得超过 ${PROOFS_AT_MOST} 份。 No more than ${PROOFS_AT_MOST}.`,
    );
  return {
    statement: filled('statement', statement, STATEMENT_AT_MOST),
    remedyProofs: withEvidence('remedyProofDocNos', [], remedyProofDocNos),
    goodRecordIds: [...goodRecordIds],
    volunteerHours: hoursOf(own.goodRecords),
  };
};

/**
 * Handed in by the student himself; the guard has seen that nothing stands in the way of a record.
 *
 * @throws VALIDATION without a proof of remedy.
 */
export const applied =
  (records: readonly RecordToRepair[]) =>
  ({ remedyProofs }: RepairApplication, { now }: Act): Changes<RepairApplication> => {
    proven('remedyProofDocNos', remedyProofs);
    const since = noNewBadSince(records);
    return { submittedAt: now, ...(since && { noNewBadSince: since }) };
  };

/** In the hand of whoever claims it: of the college before its opinion, of Student Affairs after it. */
export const claimed = ({ state }: RepairApplication, { by }: Act): Changes<RepairApplication> => ({
  handlerNo: by.subject,
  state: state === RepairState.SAO_REVIEW ? state : RepairState.COLLEGE_REVIEW,
});

/**
 * The college says what it thinks and decides nothing; Student Affairs takes it from there.
 *
 * @throws VALIDATION without an opinion.
 */
export const reviewed =
  (opinion: string) =>
  (_: RepairApplication, { by }: Act): Changes<RepairApplication> => ({
    collegeOpinion: filled('opinion', opinion, STATEMENT_AT_MOST),
    collegeOpinionBy: by.subject,
    handlerNo: null as unknown as string,
  });

const STATES: Readonly<Record<RepairDecision, RepairState>> = {
  [RepairDecision.FULL]: RepairState.APPROVED_FULL,
  [RepairDecision.MITIGATE]: RepairState.APPROVED_MITIGATED,
  [RepairDecision.REFUSE]: RepairState.REFUSED,
};

/** The consequence for each record of an application (2.4). */
export const CONSEQUENCES: Readonly<Partial<Record<RepairDecision, string>>> = {
  [RepairDecision.FULL]: 'conduct.repair',
  [RepairDecision.MITIGATE]: 'conduct.mitigate',
};

/**
 * Student Affairs decides whether the archive is revised (G15). What came up since the application
 * can only be refused.
 *
 * @throws STATE_CONFLICT for an approval that something stands in the way of.
 */
export const decided =
  (decision: RepairDecision, reason: string | undefined, records: readonly RecordToRepair[]) =>
  (_: RepairApplication, { by, now, today }: Act): Changes<RepairApplication> => {
    if (decision !== RepairDecision.REFUSE) requireRepairable(records);
    return {
      decision,
      decidedBy: by.subject,
      decidedOn: today,
      approvedBy: by.subject,
      approvedAt: now,
      ...(reason && { reason }),
      state: STATES[decision],
    };
  };

/** Taken back: the state says it. */
export const withdrawn = (): Changes<RepairApplication> => ({});
