import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { inForce } from './consent.rules.js';
import { CardOverdraft } from './card-overdraft.entity.js';
import { ownProvider } from './own-provider.js';

/** How card statements are read by everybody: under a consent in force now, and in no other way. */
export const cardOverdraftRows: StudentRows<CardOverdraft> = {
  entity: CardOverdraft,
  group: 'CARD_OVERDRAFTS',
  where: ({ now }) => ({ consent: inForce(now) }),
  predicates: { OWN_PROVIDER: ownProvider },
  orderBy: { statementOn: 'desc', id: 'asc' },
};

/** Card statements of a student, the latest first. */
export const cardOverdraftsOf = studentRows(cardOverdraftRows);
