/** What a misconduct case must be, and what each step writes. Pure. Source: Z5.4.4, L-21, DOMAIN 2.3, 2.4. */
import { dayOf } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import { filled, proven, shaped, withEvidence } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { NoticeStanding } from '@chengxin/kit/feed/notice';
import { decisionOf, type Decision } from './exam-violation.rules.js';
import {
  MisconductOutcome,
  MisconductStage,
  type MisconductCase,
} from './misconduct-case.entity.js';

/** INV-04, by the code of the misconduct. Source: DOMAIN 2.3. */
const SEVERITIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['D1-01', ['S1', 'S2']],
  ['D1-02', ['S2', 'S3', 'S4']],
  ['D1-03', ['S2', 'S3', 'S4']],
  ['D1-07', ['S2', 'S3']],
  ['D1-08', ['S2', 'S3', 'S4']],
  ['D1-09', ['S3', 'S4']],
]);

/** Plagiarism, fabrication, falsification and paper trading; homework and transcripts are not research. */
export const RESEARCH_CODES: readonly string[] = ['D1-02', 'D1-03', 'D1-08', 'D1-09'];

/** Whether a case is one of research, the domain of the research office (note 12). */
export const isOfResearch = ({ indicatorCode }: Pick<MisconductCase, 'indicatorCode'>): boolean =>
  RESEARCH_CODES.includes(indicatorCode);

const NUMBER = /^[\w-]{1,40}$/;
const COMMITTEE_AT_MOST = 100;
const EVIDENCE = 'evidenceDocNos';

export interface ReportedCase {
  readonly caseNo: string;
  readonly indicatorCode: string;
  readonly occurredOn: string;
  readonly projectNo?: string;
  readonly evidenceDocNos?: readonly string[];
}

/**
 * Reported, as of today.
 *
 * @param projects  Numbers of the student's projects, as far as whoever reports it may see them.
 * @throws VALIDATION for another code, a day to come, or a project that is none of these.
 */
export const reportedCase =
  ({ caseNo, indicatorCode, occurredOn, projectNo, evidenceDocNos }: ReportedCase) =>
  (projects: ReadonlySet<string>, { today }: Act): Changes<MisconductCase> => {
    if (!SEVERITIES.has(indicatorCode))
      throw invalid(
        'indicatorCode',
        `不是学术不端指标。 One of ${[...SEVERITIES.keys()].join(', ')}.`,
      );
    if (occurredOn > today) throw invalid('occurredOn', '不能晚于今天。 Not after today.');
    if (projectNo && !projects.has(projectNo))
      throw invalid(
        'projectNo',
        '未见该生参与此项目。 Not seen among the projects of the student.',
      );
    return {
      caseNo: shaped('caseNo', caseNo, NUMBER),
      indicatorCode,
      occurredOn,
      reportedOn: today,
      ...(projectNo && { projectNo }),
      evidence: withEvidence(EVIDENCE, [], evidenceDocNos),
    };
  };

/** Taken up: the stage says it. */
export const preliminary = (): Changes<MisconductCase> => ({});

/** Under formal inquiry by a committee. @throws VALIDATION for a committee without a name. */
export const formal =
  (committee: string) =>
  (_: MisconductCase, __: Act): Changes<MisconductCase> => ({
    committee: filled('committee', committee, COMMITTEE_AT_MOST),
  });

/** The student was notified: from now on he reads it; the stage stays. */
export const notifiedCase =
  ({ deliveredAt }: NoticeStanding) =>
  (): Changes<MisconductCase> => ({ noticeDeliveredOn: dayOf(new Date(deliveredAt)) });

export interface Inquired {
  readonly outcome: MisconductOutcome;
  readonly severity?: string;
  readonly evidenceDocNos?: readonly string[];
}

/**
 * What the inquiry came to: found with severity and evidence (INV-03, INV-04), or not.
 *
 * @throws VALIDATION for a severity outside the range, or without evidence.
 */
export const inquired =
  ({ outcome, severity, evidenceDocNos }: Inquired) =>
  (row: MisconductCase, { by, now }: Act): Changes<MisconductCase> => {
    if (outcome === MisconductOutcome.NOT_FOUND) return { stage: MisconductStage.NOT_FOUND };
    const range = SEVERITIES.get(row.indicatorCode) ?? [];
    if (!severity || !range.includes(severity))
      throw invalid('severity', `严重程度不在该指标范围内。 One of ${range.join(', ')}.`);
    return {
      stage: MisconductStage.FOUND,
      severity,
      evidence: proven(EVIDENCE, withEvidence(EVIDENCE, row.evidence, evidenceDocNos)),
      approvedBy: by.subject,
      approvedAt: now,
    };
  };

/**
 * The competent body's decision on what was found (L-07, L-21).
 *
 * @throws VALIDATION without document, or for a day before the notice or to come.
 */
export const decidedCase =
  (decision: Omit<Decision, 'evidenceDocNos'>) =>
  (row: MisconductCase, { today }: Act): Changes<MisconductCase> =>
    decisionOf(decision, row.noticeDeliveredOn ?? row.reportedOn, today);

/** Final: it enters the archive. */
export const finalCase = (): Changes<MisconductCase> => ({});
