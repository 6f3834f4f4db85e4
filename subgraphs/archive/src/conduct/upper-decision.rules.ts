import type { Act } from '@chengxin/kit/change/act';
import { filled } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { ConductRecord } from './conduct-record.entity.js';
import type { UpperDecision } from './upper-decision.entity.js';

const NAME_AT_MOST = 100;

export interface Decision {
  readonly body: string;
  readonly docNo: string;
  readonly decidedOn: string;
}

/** @throws VALIDATION without body or document, or for a day to come. Pure. */
export const decidedAbove =
  ({ body, docNo, decidedOn }: Decision) =>
  ({ id }: ConductRecord, { today }: Act): Changes<UpperDecision> => {
    for (const [path, text] of Object.entries({ body, docNo })) filled(path, text, NAME_AT_MOST);
    if (decidedOn > today) throw invalid('decidedOn', '不能晚于今天。 Not after today.');
    return { recordId: id, body, docNo, decidedOn, evidence: [{ id: docNo, docNo }] };
  };
