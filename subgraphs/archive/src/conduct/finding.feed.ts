import type { FeedHandler } from '@chengxin/kit/feed/reader';
import { conductFeed, type ConductTopic } from './conduct.feed.js';
import type { ConductState } from './conduct-state.js';
import { judgeFinding } from './finding.rules.js';

const FINDING: ConductTopic<ConductState> = {
  topic: 'finding',
  judge: judgeFinding,
  table: {
    table: 'conduct_record',
    fields: {
      studentNo: 'text',
      indicatorCode: 'text',
      originGroup: 'text',
      sourceOffice: 'text',
      severity: 'text',
      occurredOn: 'date',
      endedOn: 'date',
      foundOn: 'date',
      findingOn: 'date',
      findingBody: 'text',
      findingDocNo: 'text',
      legalBasis: 'text',
      state: 'text',
      evidence: 'jsonb',
    },
  },
};

/** `finding`: what a competent office found; it waits as FOUND for Student Affairs (2.4). */
export const findingsOf = (office: string): FeedHandler => conductFeed(FINDING, office);
