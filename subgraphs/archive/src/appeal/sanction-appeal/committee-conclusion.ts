import { registerEnumType } from 'type-graphql';
import { AppealOutcome, AppealState } from '../appeal-state.js';

/** What the committee concludes on an appeal against a sanction. Source: L-06, DOMAIN 2.4. */
export enum CommitteeConclusion {
  UPHOLD = 'UPHOLD',
  REVOKE = 'REVOKE',
  MODIFY = 'MODIFY',
  SUSPEND = 'SUSPEND',
}
registerEnumType(CommitteeConclusion, {
  name: 'CommitteeConclusion',
  description:
    'What the committee concludes: the sanction stands; it is annulled at once with its records; the school decides anew; or its execution is suspended until the school or the province decides.',
});

/** State and outcome of the appeal by its conclusion; a suspension is no outcome. */
export const CONCLUDED: Readonly<
  Record<CommitteeConclusion, { readonly state: AppealState; readonly outcome?: AppealOutcome }>
> = {
  UPHOLD: { state: AppealState.UPHELD, outcome: AppealOutcome.REJECT },
  REVOKE: { state: AppealState.RECOMMEND_CHANGE, outcome: AppealOutcome.REVOKE },
  MODIFY: { state: AppealState.RECOMMEND_CHANGE, outcome: AppealOutcome.MODIFY },
  SUSPEND: { state: AppealState.SUSPENDED_EXECUTION },
};
