/** What a bad record must be, and what each step writes. Pure. Source: G8.3, DOMAIN 2.3, 2.4, T-01. */
import type { Act } from '@chengxin/kit/change/act';
import { documentNo, filled, proven, withEvidence } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { Indicator } from '../rules/indicator.entity.js';
import { indicatorByCode } from '../rules/indicator.loader.js';
import type { Severity } from '../rules/severity.js';
import type { Student } from '../student/student.entity.js';
import type { ConductRecord } from './conduct-record.entity.js';

export const MALICE_CODE = 'D2-01';
/** Invented posts and practice, which the Youth League knows best (2.3). */
const INVENTED_POSTS = 'D6-05';
/** Name of a body, or what a finding rests on, in characters. */
const NAME_AT_MOST = 100;

/** Malicious arrears of fees, which the archive decides for finance (T-01). */
export const isMalice = ({ indicatorCode }: Pick<ConductRecord, 'indicatorCode'>): boolean =>
  indicatorCode === MALICE_CODE;

/** Who proposes which of the archive's own records (3.8). */
const PROPOSES: Readonly<Partial<Record<Role, (indicator: Indicator) => boolean>>> = {
  COLLEGE_ADMIN: ({ subgraph }) => subgraph === 'archive',
  AEO_STAFF: ({ subgraph, code }) => subgraph === 'archive' && code.startsWith('D6-'),
  CYL_CLERK: ({ code }) => code === INVENTED_POSTS,
};

export interface ProposedRecord {
  readonly recordNo: string;
  readonly indicatorCode: string;
  readonly severity: Severity;
  readonly occurredOn: string;
  readonly endedOn?: string;
  readonly evidenceDocNos: readonly string[];
}

/** @throws VALIDATION for a severity outside the range of the indicator (INV-04). */
function checkSeverity({ severityRange }: Indicator, severity: Severity): void {
  if (!severityRange?.includes(severity))
    throw invalid(
      'severity',
      `超出该指标的严重程度范围。 One of ${(severityRange ?? []).join(', ')}.`,
    );
}

/**
 * @throws VALIDATION for a code that is not the proposer's, a severity outside its range, a day to
 *         come, or without evidence (G2.2).
 */
export const proposedRecord =
  ({ recordNo, indicatorCode, severity, occurredOn, endedOn, evidenceDocNos }: ProposedRecord) =>
  (_: Student, { by, today }: Act): Changes<ConductRecord> => {
    const indicator = indicatorByCode(indicatorCode);
    if (!indicator?.severityRange || !PROPOSES[by.role]?.(indicator))
      throw invalid(
        'indicatorCode',
        '不是您可提出的不良指标。 No code of misconduct that you propose.',
      );
    checkSeverity(indicator, severity);
    if (occurredOn > today) throw invalid('occurredOn', '不能晚于今天。 Not after today.');
    if (endedOn && (endedOn < occurredOn || endedOn > today))
      throw invalid('endedOn', '早于发生日期或晚于今天。 Before the first day, or after today.');
    return {
      indicatorCode,
      severity,
      occurredOn,
      ...(endedOn && { endedOn }),
      originGroup: indicator.origin,
      sourceOffice: indicator.ownerOffice ?? '',
      sourceSubgraph: 'archive',
      sourceTypename: 'ConductRecord',
      sourceId: documentNo('recordNo', recordNo),
      sourceVersion: 1,
      disputed: false,
      evidence: proven('evidenceDocNos', withEvidence('evidenceDocNos', [], evidenceDocNos)),
    };
  };

export interface FoundBy {
  readonly findingBody?: string;
  readonly findingDocNo: string;
  readonly findingOn?: string;
  readonly severity?: Severity;
  readonly legalBasis?: string;
}

/** Student Affairs finds its own, when no other body is named. */
const USUAL_BODY = 'SAO';

/**
 * A competent body found it: which one, by which document, and how grave it is.
 *
 * @throws VALIDATION for a day before the act or to come, a severity outside the range, no document.
 */
export const foundRecord =
  ({ findingBody, findingDocNo, findingOn, severity, legalBasis }: FoundBy) =>
  (record: ConductRecord, { by, now, today }: Act): Changes<ConductRecord> => {
    const day = findingOn ?? today;
    if (day > today || day < record.occurredOn)
      throw invalid('findingOn', '早于发生日期或晚于今天。 Before the act, or after today.');
    const indicator = indicatorByCode(record.indicatorCode);
    if (severity && indicator) checkSeverity(indicator, severity);
    if (legalBasis) checkText('legalBasis', legalBasis, NAME_AT_MOST);
    return {
      findingBody: findingBody?.trim()
        ? filled('findingBody', findingBody, NAME_AT_MOST)
        : USUAL_BODY,
      findingDocNo: documentNo('findingDocNo', findingDocNo),
      findingOn: day,
      foundOn: day,
      ...(severity && { severity }),
      ...(legalBasis?.trim() && { legalBasis }),
      approvedBy: by.subject,
      approvedAt: now,
    };
  };

/** Not found, and over: the state says it. */
export const dismissedRecord = (): Changes<ConductRecord> => ({});

/** Taken into the archive, where it counts from now on. */
export const acceptedRecord = (_: ConductRecord, { by, now }: Act): Changes<ConductRecord> => ({
  acceptedBy: by.subject,
  acceptedAt: now,
});
