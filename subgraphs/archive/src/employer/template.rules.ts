/** The three fixed report templates: no free ticks, an unticked box is read as guilt. Source: DOMAIN 3.6. */
import type { Group } from '@chengxin/kit/privacy/groups';

export type ReportTemplate = 'STUDY' | 'CONDUCT' | 'FULL';

const STUDY: readonly Group[] = [
  'IDENTITY',
  'SELF_ENTRIES',
  'GRADES',
  'ACADEMIC_SUMMARY',
  'GRADUATION_REMARK',
];
const CONDUCT: readonly Group[] = ['IDENTITY', 'ACADEMIC_SUMMARY', 'GOOD_CONDUCT', 'CREDIT_GRADE'];

export const TEMPLATES: Readonly<Record<ReportTemplate, ReadonlySet<Group>>> = {
  STUDY: new Set(STUDY),
  CONDUCT: new Set(CONDUCT),
  FULL: new Set([
    ...STUDY,
    ...CONDUCT,
    'COMMITMENTS',
    'ACADEMIC_MISCONDUCT',
    'BAD_CONDUCT',
    'CREDIT_SCORE',
  ]),
};

/** The frame of every report: watermark, dates. It is of the consent, which no template names. */
const FRAME: Group = 'CONSENTS';

/** Whether a report of this template shows a group; an unknown template shows nothing. */
export const isInReport = (template: string | undefined, group: Group): boolean =>
  template !== undefined &&
  template in TEMPLATES &&
  (group === FRAME || TEMPLATES[template as ReportTemplate].has(group));
