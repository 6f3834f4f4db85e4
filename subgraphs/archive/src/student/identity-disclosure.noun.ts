import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { IdentityDisclosure } from './identity-disclosure.entity.js';

/** One disclosure of contact or ID number (F-05): seen by whoever took the action, in its answer. */
export const identityDisclosure = noun<IdentityDisclosure>({
  name: 'IdentityDisclosure',
  entity: IdentityDisclosure,
  actions: ['idNumber', 'contact'],
  rows: {
    group: 'SENSITIVE_IDENTITY',
    predicates: {},
    where: ({ identity }) => ({ recordedBy: identity.subject }),
  },
  // The ID number is a matter of each office that matches its papers with it (note 3).
  isOfOffice: () => true,
  lockFirst: lockStudent,
});
