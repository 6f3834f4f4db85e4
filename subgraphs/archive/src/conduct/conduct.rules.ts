/** What a record says of itself, and in what shape to whom. Pure. Source: DOMAIN 2.2, 3.4. */
import type { Shown } from '@chengxin/kit/privacy/masks';
import type { Indicator } from '../rules/indicator.entity.js';
import { Severity } from '../rules/severity.js';
import type { ConductRecord } from './conduct-record.entity.js';
import type { GoodRecord } from './good-record.entity.js';

/** `CATEGORY`: the dimension of a code, `D3-01` → `D3` (note 1). */
export const dimensionOf = (code: string): string => code.slice(0, code.indexOf('-'));

/** `FLAG`: that there is a serious record, and nothing more of it (3.5 EMPLOYMENT). */
export const flagged = (_severity: Severity, shown: Shown): Severity | null =>
  shown === 'FLAG' ? Severity.HAS_ACTIVE_SERIOUS : null;

type Summarized = Pick<ConductRecord, 'severity' | 'occurredOn' | 'foundOn'>;

/** 考试作弊（S3），发生于 2025-06-24，认定于 2025-07-04: code, severity and dates, no free text. */
export function conductSummary(record: Summarized, indicator: Indicator | undefined): string {
  const found = record.foundOn ? `，认定于 ${record.foundOn}` : '';
  return `${indicator?.nameZh ?? ''}（${record.severity}），发生于 ${record.occurredOn}${found}`;
}

/** 志愿服务，2025-09-01 至 2025-12-31. */
export function goodSummary(
  { occurredOn, endedOn }: Pick<GoodRecord, 'occurredOn' | 'endedOn'>,
  indicator: Indicator | undefined,
): string {
  return `${indicator?.nameZh ?? ''}，${occurredOn}${endedOn ? ` 至 ${endedOn}` : ''}`;
}
