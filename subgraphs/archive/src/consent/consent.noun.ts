import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { Consent } from './consent.entity.js';
import { consentRows } from './consent.loader.js';
import { stateOf } from './consent.rules.js';

/** What a student lets one recipient have, for one purpose (L-04, L-09). */
export const consent = noun<Consent>({
  name: 'Consent',
  entity: Consent,
  machine: 'Consent',
  key: 'consentId',
  rows: consentRows,
  stateOf,
  lockFirst: lockStudent,
});
