import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, type ParentNoun } from '@chengxin/kit/change/noun';
import { CardOverdraft } from './card-overdraft.entity.js';
import { cardOverdraftRows } from './card-overdraft.loader.js';
import { lockConsentsOf } from './lock-order.js';
import { PhoneBill } from './phone-bill.entity.js';
import { phoneBillRows } from './phone-bill.loader.js';
import { ProviderMaliceFinding } from './provider-malice-finding.entity.js';
import { providerMaliceRows } from './provider-malice-finding.loader.js';

/** Rows on which a finding may rest; what happens after graduation with a loan is none (T-05). */
export const cardOverdraft: ParentNoun<CardOverdraft> = {
  name: 'CardOverdraft',
  entity: CardOverdraft,
  rows: cardOverdraftRows,
  lockFirst: lockConsentsOf,
};
export const phoneBill: ParentNoun<PhoneBill> = {
  name: 'PhoneBill',
  entity: PhoneBill,
  rows: phoneBillRows,
  lockFirst: lockConsentsOf,
};

const STANDS = '该记录已有认定。 A finding of this row is there already.';
const UNCONFIRMED =
  '未经运营商确认的账单不得认定恶意。 A bill that is not confirmed can be put to no finding.';

/** What two people of a provider find of a row of its own (T-04, L-04). */
export const providerMaliceFinding = noun<ProviderMaliceFinding>({
  name: 'ProviderMaliceFinding',
  entity: ProviderMaliceFinding,
  machine: 'ConductRecord',
  actions: ['providerMalice'],
  rows: providerMaliceRows,
  lockFirst: lockConsentsOf,
  constraints: {
    provider_malice_finding_card_once: { code: ChangeErrorCode.STATE_CONFLICT, what: STANDS },
    provider_malice_finding_phone_once: { code: ChangeErrorCode.STATE_CONFLICT, what: STANDS },
    provider_malice_finding_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    phone_bill_confirmed: { code: ChangeErrorCode.STATE_CONFLICT, what: UNCONFIRMED },
  },
});
