import type { Group } from '@chengxin/kit/privacy/groups';
import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { inForce } from './consent.rules.js';
import { ownProvider } from './own-provider.js';
import { ProviderMaliceFinding, ProviderMaliceState } from './provider-malice-finding.entity.js';

/** The group of the row on which a finding rests: who may not read the one reads not the other (2.3). */
const ORIGINS: readonly (readonly [Group, keyof ProviderMaliceFinding])[] = [
  ['CARD_OVERDRAFTS', 'cardOverdraftId'],
  ['PHONE_BILLS', 'phoneBillId'],
];
export const originOf = (row: ProviderMaliceFinding): Group[] =>
  ORIGINS.flatMap(([group, rest]) => (row[rest] ? [group] : []));

const ofOpenOrigin = ({ opens }: RowAccess) => ({
  $or: [
    { id: null },
    ...ORIGINS.filter(([group]) => opens(group)).map(([, rest]) => ({ [rest]: { $ne: null } })),
  ],
});

/** No finding here is a matter of a school office. */
const NO_ROW = () => ({ id: null });

/** Findings under consents in force, but those that were dismissed: nobody reads them any more. */
export const providerMaliceRows: StudentRows<ProviderMaliceFinding> = {
  entity: ProviderMaliceFinding,
  group: 'PENDING_CONDUCT',
  where: ({ now }, access) =>
    ({
      $and: [
        { consent: inForce(now), state: { $ne: ProviderMaliceState.DISMISSED } },
        ofOpenOrigin(access),
      ],
    }) as never,
  predicates: {
    STATE_ALLOWED: () => ({}),
    ORIGIN_ALLOWED: ofOpenOrigin as never,
    OWN_PROVIDER: ownProvider,
    OWN_MATTER: NO_ROW as never,
    OWN_DOMAIN: NO_ROW as never,
    FROM_NOTIFIED: () => ({ state: { $ne: ProviderMaliceState.PROPOSED } }),
  },
  orderBy: { findingOn: 'desc', id: 'asc' },
};

/** Findings about a student, the latest first. */
export const providerMaliceOf = studentRows(providerMaliceRows);
