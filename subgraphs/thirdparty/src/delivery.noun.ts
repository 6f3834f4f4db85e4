import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { inForce } from './consent.rules.js';
import { Delivery } from './delivery.entity.js';
import { ownProvider } from './own-provider.js';

/** What a provider hands in under a consent of its own (G8.4). */
export const delivery = noun<Delivery>({
  name: 'Delivery',
  entity: Delivery,
  rows: {
    group: 'CONSENTS',
    where: ({ now }) => ({ consent: inForce(now) }),
    predicates: { OWN_PROVIDER: ownProvider },
  },
  constraints: {
    provider_licensed: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '机构未登记此类业务，或许可证无效。 The provider has no valid licence for this data.',
    },
  },
});
