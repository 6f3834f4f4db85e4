/** What a law violation must be, and what each step writes. Pure. Source: G6.1, T-03, DOMAIN 2.3, 2.4. */
import { dayOf } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import {
  documentNo,
  filled,
  proven,
  shaped,
  withEvidence,
} from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { NoticeStanding } from '@chengxin/kit/feed/notice';
import type { Roster } from '@chengxin/kit/read/roster';
import { LawViolationCategory, type LawViolation } from './law-violation.entity.js';

const NUMBER = /^[\w-]{1,40}$/;
const AUTHORITY_AT_MOST = 100;
const BASIS_AT_MOST = 200;
const EVIDENCE = 'evidenceDocNos';

/** What a record is of; what some roles are shown in its place is none. */
const CATEGORIES: readonly LawViolationCategory[] = [
  LawViolationCategory.ADMIN_PENALTY,
  LawViolationCategory.CRIMINAL_JUDGMENT,
  LawViolationCategory.SCHOOL_FINDING,
];

export interface ReportedViolation {
  readonly caseNo: string;
  readonly actOn: string;
  readonly category: LawViolationCategory;
  readonly authority: string;
  readonly legalBasis: string;
  readonly indicatorCode: string;
  readonly severity: string;
  readonly evidenceDocNos?: readonly string[];
}

/**
 * Reported, so far as nobody's age stands against it.
 *
 * @throws VALIDATION for a day to come, or what is no number, category or text.
 */
export const reportedViolation =
  ({ evidenceDocNos, ...given }: ReportedViolation) =>
  (_: Roster, { today }: Act): Changes<LawViolation> => {
    const { caseNo, actOn, category, authority, legalBasis, indicatorCode, severity } = given;
    if (actOn > today) throw invalid('actOn', '不能晚于今天。 Not after today.');
    if (!CATEGORIES.includes(category))
      throw invalid('category', `不是违法违规类别。 One of ${CATEGORIES.join(', ')}.`);
    return {
      caseNo: shaped('caseNo', caseNo, NUMBER),
      actOn,
      category,
      authority: filled('authority', authority, AUTHORITY_AT_MOST),
      legalBasis: filled('legalBasis', legalBasis, BASIS_AT_MOST),
      indicatorCode,
      severity,
      evidence: withEvidence(EVIDENCE, [], evidenceDocNos),
      ofAgeOn: actOn,
    };
  };

/** The student was notified: from now on he reads it, and the reviewer waits for his statement. */
export const notifiedViolation =
  ({ deliveredAt }: NoticeStanding) =>
  (): Changes<LawViolation> => ({ notifiedOn: dayOf(new Date(deliveredAt)) });

export interface FoundBy {
  readonly docNo: string;
  readonly foundOn: string;
  readonly evidenceDocNos?: readonly string[];
}

/**
 * Found: by which document, on which day, on what evidence (INV-03).
 *
 * @throws VALIDATION without document or evidence, or for a day before the notice or to come.
 */
export const foundViolation =
  ({ docNo, foundOn, evidenceDocNos }: FoundBy) =>
  (row: LawViolation, { by, now, today }: Act): Changes<LawViolation> => {
    if (foundOn > today || foundOn < (row.notifiedOn ?? row.actOn))
      throw invalid('foundOn', '早于告知日或晚于今天。 Before the notice, or after today.');
    return {
      docNo: documentNo('docNo', docNo),
      foundOn,
      evidence: proven(EVIDENCE, withEvidence(EVIDENCE, row.evidence, evidenceDocNos)),
      approvedBy: by.subject,
      approvedAt: now,
    };
  };

/** Not found, and over: the state says it. */
export const dismissedViolation = (): Changes<LawViolation> => ({});

/** Sealed by law, since today (T-03). */
export const sealedViolation = (_: LawViolation, { today }: Act): Changes<LawViolation> => ({
  sealedOn: today,
});
