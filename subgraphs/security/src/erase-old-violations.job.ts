import { eraseOldFacts } from '@chengxin/kit/change/old-facts';
import { destroyKeys } from './destroyed-keys.js';

/** Law violations with their materials, on which nothing is to be decided any more (INV-11). */
export const eraseOldViolations = eraseOldFacts(
  [
    {
      type: 'LawViolation',
      table: 'law_violation',
      action: 'lawViolation.erase',
      endedOn: 'act_on',
      settled: `state not in ('PROPOSED', 'NOTIFIED')`,
    },
  ],
  destroyKeys,
);
