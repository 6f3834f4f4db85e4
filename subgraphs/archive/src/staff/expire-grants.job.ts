import { endingJob } from '@chengxin/kit/change/ending-job';
import { adminGrant } from './admin-grant.noun.js';

/** Grants whose end has come. Nobody acts by one from that instant on, whatever its state (INV-21). */
export const expireGrants = endingJob({
  name: 'expireGrants',
  action: 'grant.expire',
  noun: adminGrant,
  due: `
    select id from admin_grant where state = 'ACTIVE' and valid_to <= ?::timestamptz order by id`,
  step: () => ({}),
});

/** A request that nobody has decided on lapses after so long [P]. */
const REQUESTED_DAYS = 30;

/** Requests that waited too long: what was wanted then is requested anew (G18.1). */
export const lapseGrantRequests = endingJob({
  name: 'lapseGrantRequests',
  action: 'grant.lapse',
  noun: adminGrant,
  due: `
    select id from admin_grant where state = 'REQUESTED'
      and recorded_at <= ?::timestamptz - interval '${REQUESTED_DAYS} days' order by id`,
  step: () => ({}),
});
