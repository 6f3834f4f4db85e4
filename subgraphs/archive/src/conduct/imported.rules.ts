/** What an imported bad record comes to, and what must hold between its columns. Pure. */
import type { Problem } from '@chengxin/kit/import/reason';
import type { Indicator } from '../rules/indicator.entity.js';
import { indicatorByCode } from '../rules/indicator.loader.js';

/** The columns of a file that these rules look at. */
export interface ImportedConduct {
  readonly indicatorCode: string;
  readonly severity: string;
  readonly occurredOn: string;
  readonly endedOn: string | null;
  readonly findingDocNo: string | null;
  readonly findingOn: string | null;
  readonly evidenceDocNos: readonly string[] | null;
  readonly noticeDeliveredOn: string | null;
  readonly billNo: string | null;
  readonly abilityDocNo: string | null;
  readonly noReasonDocNo: string | null;
  readonly pastDeadlineDocNo: string | null;
}

/**
 * OWN: found by Student Affairs. MALICE: malicious arrears of fees, which the archive decides for
 * finance (T-01). ACCEPT: another office found and published it; the file accepts it. NONE: a third
 * party finds it, and its finding is accepted unseen by the school (T-04).
 */
export type Way = 'OWN' | 'MALICE' | 'ACCEPT' | 'NONE';
const MALICE_CODE = 'D2-01';

export function wayOf({ code, subgraph }: Pick<Indicator, 'code' | 'subgraph'>): Way {
  if (code === MALICE_CODE) return 'MALICE';
  if (subgraph === 'archive') return 'OWN';
  return subgraph === 'thirdparty' ? 'NONE' : 'ACCEPT';
}

const problem = (column: string, zh: string, en: string): Problem => ({
  column,
  reason: { zh, en },
});

const MALICE_COLUMNS = ['billNo', 'abilityDocNo', 'noReasonDocNo', 'pastDeadlineDocNo'] as const;

function checkWay(row: ImportedConduct, way: Way): Problem | undefined {
  if (way === 'NONE')
    return problem(
      'indicatorCode',
      '第三方认定不由学校录入',
      'is found by a third party and not entered by the school',
    );
  const wrong = MALICE_COLUMNS.find((column) => (row[column] === null) === (way === 'MALICE'));
  if (wrong)
    return way === 'MALICE'
      ? problem(wrong, '恶意欠费须写明账单及三项证据', 'is needed for malicious arrears')
      : problem(wrong, '仅用于恶意欠费', 'is for malicious arrears alone');
  if (way === 'ACCEPT' && !row.findingDocNo)
    return problem('findingDocNo', '须写明该部门的认定文号', 'names the finding of the office');
  return undefined;
}

/** The act, then the delivered notice, then the finding (L-07, F-01). */
function checkDays(row: ImportedConduct): Problem | undefined {
  const { occurredOn, endedOn, noticeDeliveredOn, findingDocNo, findingOn } = row;
  if (endedOn && endedOn < occurredOn)
    return problem('endedOn', '早于发生日期', 'is before the first day');
  if (noticeDeliveredOn && noticeDeliveredOn < occurredOn)
    return problem('noticeDeliveredOn', '送达早于发生日期', 'is before the act');
  if (findingDocNo && !findingOn)
    return problem('findingOn', '有文号须有认定日期', 'is needed beside the document number');
  if (findingOn && !findingDocNo)
    return problem('findingDocNo', '有认定日期须有文号', 'is needed beside the day of finding');
  if (findingOn && findingOn < (noticeDeliveredOn ?? occurredOn))
    return problem('findingOn', '须先告知后认定', 'is before the act or the notice');
  return undefined;
}

/** Code, severity in its range (INV-04), way, days. */
export function checkConduct(row: ImportedConduct): Problem | undefined {
  const indicator = indicatorByCode(row.indicatorCode);
  if (!indicator?.severityRange)
    return problem('indicatorCode', '没有此不良指标', 'is no code of misconduct');
  if (!indicator.severityRange.some((severity) => severity === row.severity))
    return problem('severity', '超出该指标的严重程度范围', 'is outside the range of the indicator');
  return checkWay(row, wayOf(indicator)) ?? checkDays(row);
}

interface Document {
  readonly id: string;
  readonly docNo: string;
  readonly title?: string;
}

/** Documents of a row; of malicious arrears the bill and the three tests by name (T-01). */
export function documentsOf(row: ImportedConduct): Document[] {
  const given = (row.evidenceDocNos ?? []).map((docNo) => ({ id: docNo, docNo }));
  const named = [
    ['账单', row.billNo],
    ['有能力缴纳', row.abilityDocNo],
    ['无正当理由', row.noReasonDocNo],
    ['超过缴费期限', row.pastDeadlineDocNo],
  ].flatMap(([title = '', docNo]) => (docNo ? [{ id: docNo, docNo, title }] : []));
  return [...named, ...given];
}

/** A notice has a day; it counts from its first instant at +08:00. */
export const noticeInstant = (day: string): string => `${day}T00:00:00+08:00`;
