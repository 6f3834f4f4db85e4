import { noun } from '@chengxin/kit/change/noun';
import { SigningLaunch } from './signing-launch.entity.js';

/** One start of the online signing (G10.2). */
export const signingLaunch = noun<SigningLaunch>({
  name: 'SigningLaunch',
  entity: SigningLaunch,
  rows: { group: 'ADMINISTRATION', predicates: { OWN_UNIT: () => ({}), OWN_STEWARDS: () => ({}) } },
});
