/** What follows when a consent begins or ends: the third-party office learns of it, and rows go. */
import type { After } from '@chengxin/kit/change/door';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { forgetUnder } from '../conduct/forget-under.js';
import type { Consent } from '../consent/consent.entity.js';
import { sendNotices } from '../notify/send-notices.js';

const PUBLISH = `insert into outbox (topic, key, version, at) values ('consent', ?, ?, ?)`;
const publish = (em: EntityManager, { consentId, version }: Consent, now: Date) =>
  execute(em, PUBLISH, [consentId, version, now]);

/**
 * The notice that must be delivered before a consent is given (L-09). No school role reads it: it
 * would disclose that there is a provider or an employer (note 28).
 */
export const notifyOfConsent: After<Consent> = ({ consentId, studentNo }, { follow }) =>
  follow((em, now) =>
    sendNotices(em, now, [
      {
        studentNo,
        kind: 'CONSENT',
        subgraph: 'archive',
        type: 'Consent',
        id: consentId,
        office: 'SAO',
        groups: ['CONSENTS'],
      },
    ]),
  );

/** Rows may come in under it from now on. */
export const beginConsent: After<Consent> = (row, { follow }) =>
  follow((em, now) => publish(em, row, now));

/**
 * What stood under it goes in this transaction, here; its rows go in the third-party office. Tokens
 * open nothing from now on, since each request reads the consent anew (INV-10, INV-21, T-04).
 */
export const endConsent: After<Consent> = (row, { follow }) =>
  follow(async (em, now) => {
    await forgetUnder(em, now, [row.consentId]);
    await publish(em, row, now);
  });
