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
