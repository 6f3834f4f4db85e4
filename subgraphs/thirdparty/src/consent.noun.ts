import type { ParentNoun } from '@chengxin/kit/change/noun';
import { Consent } from './consent.entity.js';
import { consentRows } from './consent.loader.js';

/** A consent in force, on which everything of a provider hangs (INV-10). */
export const consent: ParentNoun<Consent> = {
  name: 'Consent',
  entity: Consent,
  key: 'consentId',
  rows: consentRows,
};
