/** Consents and report tokens whose end has come. Reads ended at that instant already (INV-21). */
import { endingJob } from '@chengxin/kit/change/ending-job';
import { consent } from '../consent/consent.noun.js';
import { reportToken } from '../consent/report-token.noun.js';
import { expired } from './consent-change.rules.js';
import { endConsent } from './follow-consent.js';
import { ended } from './report-token.rules.js';

/** Out of force by its instant already, it counts as given until the job has ended it. */
const givenConsent: typeof consent = {
  ...consent,
  stateOf(row) {
    if (row.expiredAt) return 'EXPIRED';
    if (row.withdrawnAt) return 'WITHDRAWN';
    return row.grantedAt ? 'GRANTED' : 'REQUESTED';
  },
};

export const expireConsents = endingJob({
  name: 'expireConsents',
  action: 'consent.expire',
  noun: givenConsent,
  due: `
    select consent_id as id from consent
    where granted_at is not null and withdrawn_at is null and expired_at is null
      and expires_at <= ?::timestamptz
    order by consent_id`,
  step: expired,
  after: endConsent,
});

/** At its own end, or at that of the consent under which it stands. */
export const expireTokens = endingJob({
  name: 'expireTokens',
  action: 'token.expire',
  noun: reportToken,
  due: `
    select t.id from report_token t join consent c using (consent_id)
      cross join (select ?::timestamptz as now) at
    where t.state in ('ISSUED', 'USED')
      and (least(t.expires_at, c.expires_at) <= at.now or c.withdrawn_at is not null)
    order by t.id`,
  step: ended,
});

export const exhaustTokens = endingJob({
  name: 'exhaustTokens',
  action: 'token.exhaust',
  noun: reportToken,
  due: `
    select id from report_token
    where state = 'USED' and used_views >= max_views and issued_at <= ?::timestamptz
    order by id`,
  step: ended,
});
