/**
 * The condition notes of the matrix that hang on the student, each a named pure condition.
 * A note without a condition here narrows rows (a predicate) or shape (a mask), not the student.
 * Source: DOMAIN 3.4.
 */
import type { Group } from '@chengxin/kit/privacy/groups';
import { isInReport } from '../employer/template.rules.js';

/** What is known of one student in one request. */
export interface RelationFacts {
  /** The role's relation to the student holds (DOMAIN 3.1 (3)). */
  readonly related: boolean;
  /** The aid round named in the request is open and covers the student. */
  readonly inAidRound: boolean;
  /** The appeal or repair named in the request is open and of this student. */
  readonly inAppealOrRepair: boolean;
  /**
   * The caller repeats an action that he took on a row of the student: he may be answered, although the
   * reference is not open any more. No condition of a note holds by it.
   */
  readonly isReplay?: boolean;
  /**
   * The student appears in a matter of the caller's own office, or a submission for its connector.
   */
  readonly inOwnMatter: boolean;
  /** A POSTGRAD_LOAN consent in force names the school. */
  readonly schoolMayReadLoans: boolean;
  /** Template of the report that the request's token opens. */
  readonly reportTemplate?: string;
}

type Condition = (facts: RelationFacts, group: Group) => boolean;

/** 7: only the groups of the report template. */
const onlyInReport: Condition = ({ reportTemplate }, group) => isInReport(reportTemplate, group);
/** 8: only the person of an APPROVED submission. */
const onlySubmitted: Condition = ({ inOwnMatter }) => inOwnMatter;
/** 9: only inside the aid round named with purpose AID_REVIEW. */
const onlyInAidRound: Condition = ({ inAidRound }) => inAidRound;
/** 10, 12: only items of the office's own matter or domain; of persons, those in them. */
const onlyOwnMatter: Condition = ({ inOwnMatter }, group) => group !== 'IDENTITY' || inOwnMatter;
/** 13: with purpose APPEAL or REPAIR and its reference. */
const onlyInAppealOrRepair: Condition = ({ inAppealOrRepair }) => inAppealOrRepair;
/** 33: while a POSTGRAD_LOAN consent in force names the school. */
const onlyWithLoanConsent: Condition = ({ schoolMayReadLoans }) => schoolMayReadLoans;

export const NOTES: Readonly<Record<number, Condition>> = {
  7: onlyInReport,
  8: onlySubmitted,
  9: onlyInAidRound,
  10: onlyOwnMatter,
  12: onlyOwnMatter,
  13: onlyInAppealOrRepair,
  33: onlyWithLoanConsent,
};
