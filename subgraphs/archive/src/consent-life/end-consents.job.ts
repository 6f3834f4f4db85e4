/** Consents and report tokens whose end has come. Reads ended at that instant already (INV-21). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import type { After, Step } from '@chengxin/kit/change/door';
import type { ChangeableRow, Noun } from '@chengxin/kit/change/noun';
import { jobWriter } from '@chengxin/kit/change/writer';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import { consent } from '../consent/consent.noun.js';
import { reportToken } from '../consent/report-token.noun.js';
import { expired } from './consent-change.rules.js';
import { endConsent } from './follow-consent.js';
import { ended } from './report-token.rules.js';

const EVERY_FIVE_MINUTES = '*/5 * * * *';
/** Rows of one transaction. */
const AT_ONCE = 100;

interface Ending<Row extends ChangeableRow> {
  readonly name: string;
  /** Action of the table that the job takes. */
  readonly action: string;
  readonly noun: Noun<Row>;
  /** SQL: numbers of rows that are to end at an instant, which is the one parameter. */
  readonly due: string;
  readonly step: Step<Row>;
  readonly after?: After<Row>;
}

/** A job that ends rows by an action of the table, some in a transaction until none is left. */
const endingJob = <Row extends ChangeableRow>(one: Ending<Row>): Job => ({
  name: one.name,
  cron: EVERY_FIVE_MINUTES,
  async run({ orm, config }, at) {
    const some = () =>
      forkOf(orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        const writer = jobWriter(one.name, { em, keyring: config.keyring, at });
        const due = await execute<{ id: string }>(em, `${one.due} limit ${AT_ONCE}`, [at]);
        for (const { id } of due)
          await changeByJob(writer, one.action, one.noun, id, one.step, one.after);
        return due.length;
      });
    while ((await withRetries(some)) === AT_ONCE);
  },
});

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
