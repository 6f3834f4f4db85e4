import { mayAct } from '@chengxin/kit/action/actions';
import type { Identity } from '@chengxin/kit/call/identity';
import { RuleSetState } from './rule-set.entity.js';

/** Who writes a draft, and who will resolve it, know of it (`field-groups.csv`). */
const DRAFTERS = ['ruleSet.draft', 'ruleSet.approve'];

/** Whether somebody drafts rule sets, or resolves them. */
export const isDrafter = ({ role }: Identity): boolean =>
  DRAFTERS.some((action) => mayAct(role, action));

/** Drafts are for those alone who draft and resolve. */
export const draftsAside = (identity: Identity): object =>
  isDrafter(identity) ? {} : { state: { $ne: RuleSetState.DRAFT } };
