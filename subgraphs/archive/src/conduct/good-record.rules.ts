/** What a good record must be, and what each step writes. Pure. Source: G8.3, DOMAIN 2.3, 2.4. */
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Reason } from '@chengxin/kit/import/reason';
import type { Archive } from '../life-cycle/archive.entity.js';
import type { HonourLevel } from '../rules/conduct-state.js';
import { originOf } from '../rules/indicator.loader.js';
import type { GoodRecord } from './good-record.entity.js';

/** Codes that Student Affairs confirms; cadre posts, practice and hours are the Youth League's. */
export const CONFIRMED_CODES = {
  'P-01': ['诚信事迹', '拾金不昧'],
  'P-02': ['校级及以下荣誉'],
  'P-03': ['省级荣誉'],
  'P-04': ['国家级荣誉'],
  'P-08': ['诚信典型'],
} as const;

/** How high an honour is, is said by its code (2.3). */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  'P-02': ['CLASS', 'COLLEGE', 'SCHOOL'],
  'P-03': ['PROVINCE'],
  'P-04': ['STATE'],
};

interface Deed {
  readonly indicatorCode: string;
  readonly level?: string | null | undefined;
  readonly occurredOn: string;
  readonly endedOn?: string | null | undefined;
}

/** What does not fit together in a good record: the column, and why. */
export function unfitGood({ indicatorCode, level, occurredOn, endedOn }: Deed) {
  const levels = LEVELS[indicatorCode];
  const unfit = (column: string, zh: string, en: string) => ({
    column,
    reason: { zh, en } as Reason,
  });
  if (levels && !levels.includes(level ?? ''))
    return unfit('level', '与指标不符', 'is not that of the code');
  if (endedOn && endedOn < occurredOn)
    return unfit('endedOn', '早于发生日期', 'is before the first day');
  return undefined;
}

export interface ProposedGood {
  readonly recordNo: string;
  readonly indicatorCode: string;
  readonly level?: HonourLevel;
  readonly occurredOn: string;
  readonly endedOn?: string;
  readonly evidenceDocNos: readonly string[];
}

/** @throws VALIDATION for another code, a day to come, what does not fit, or without evidence. */
export const proposedGood =
  ({ recordNo, evidenceDocNos, indicatorCode, level, occurredOn, endedOn }: ProposedGood) =>
  (_: Archive, { today }: Act): Changes<GoodRecord> => {
    const deed = {
      indicatorCode,
      occurredOn,
      ...(level && { level }),
      ...(endedOn && { endedOn }),
    };
    const originGroup = originOf(deed.indicatorCode);
    if (!originGroup || !(deed.indicatorCode in CONFIRMED_CODES))
      throw invalid(
        'indicatorCode',
        `不是学生处认定的指标。 One of ${Object.keys(CONFIRMED_CODES).join(', ')}.`,
      );
    if (deed.occurredOn > today) throw invalid('occurredOn', '不能晚于今天。 Not after today.');
    const unfit = unfitGood(deed);
    if (unfit) throw invalid(unfit.column, `${unfit.reason.zh}。 It ${unfit.reason.en}.`);
    if (!evidenceDocNos.length)
      throw invalid('evidenceDocNos', '请提供证明材料编号。 Name the documents that prove it.');
    return {
      ...deed,
      originGroup,
      sourceOffice: 'SAO',
      sourceSubgraph: 'archive',
      sourceTypename: 'GoodRecord',
      sourceId: recordNo,
      sourceVersion: 1,
      evidence: evidenceDocNos.map((docNo) => ({ id: docNo, docNo })),
    };
  };

/** Approved: by whom and when. */
export const approvedGood = (_: GoodRecord, { by, now }: Act): Changes<GoodRecord> => ({
  approvedBy: by.subject,
  approvedAt: now,
});

/** Revoked: the state says it. */
export const revokedGood = (): Changes<GoodRecord> => ({});
