/** How an appeal ends when what it was against is over. Pure. Source: DOMAIN 2.4, G14. */
import type { Changes } from '@chengxin/kit/change/write-row';
import type { AppealOutcome } from './appeal-state.js';
import type { Appeal } from './appeal.entity.js';

/** Nothing is decided: an outcome that was proposed, or reviewed further, does not stand. */
export const lapsed = (decisionText: string, today: string): Changes<Appeal> => ({
  outcome: null as unknown as AppealOutcome,
  decisionText,
  decidedOn: today,
});
