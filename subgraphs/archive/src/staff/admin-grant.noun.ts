import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guardBy } from '@chengxin/kit/change/guard';
import { noun, peopleIn, type ReadRows } from '@chengxin/kit/change/noun';
import { AdminGrant } from './admin-grant.entity.js';
import { KEPT_APART, requireApprovable, requireOthers } from './admin-grant.rules.js';
import { approvingOf, leftByEnd, leftByTransfer, lockGrants } from './grant-facts.loader.js';
import { inOwnUnit } from '../org/own-unit.predicates.js';
import { TrainingSession } from './training-session.entity.js';
import { TransferNotice } from './transfer-notice.entity.js';

const rows: ReadRows<AdminGrant> = {
  group: 'ADMINISTRATION',
  predicates: { OWN_UNIT: inOwnUnit },
};

const administrators = guardBy(leftByEnd, (_, left) => requireOthers(left));

/** A role held in an org from–to (G18): never given by its holder. */
export const adminGrant = noun<AdminGrant>({
  name: 'AdminGrant',
  entity: AdminGrant,
  machine: 'AdminGrant',
  rows,
  // What others hold is counted while nothing of it changes.
  lockFirst: lockGrants,
  isWith: ({ subject }, { recordedBy }, action) =>
    action !== 'grant.withdraw' || recordedBy === subject,
  people: peopleIn(({ staffNo }) => ({ 'grant.holder': staffNo })),
  guards: {
    'grant.approve': guardBy(approvingOf, requireApprovable),
    'grant.suspend': administrators,
    'grant.end': administrators,
    'staff.transfer': guardBy(leftByTransfer, (_, left) => requireOthers(left)),
  },
  constraints: {
    admin_grant_not_by_holder: { code: ChangeErrorCode.SOD_VIOLATION },
    admin_grant_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    admin_grant_two_persons: {
      code: ChangeErrorCode.SOD_VIOLATION,
      what: KEPT_APART,
    },
    admin_grant_once: {
      code: ChangeErrorCode.VALIDATION,
      what: '该人员自同一时间起已有此角色。 This person has the role from the same instant on.',
      path: ['validFrom'],
    },
  },
});

/** Student Affairs and personnel alone make these, and see each: no college does. */
const SEEN_BY_NO_COLLEGE = { OWN_UNIT: () => ({ id: null }) as never };

/** A pass of the training for administrators (G5.2): never recorded of oneself. */
export const trainingSession = noun<TrainingSession>({
  name: 'TrainingSession',
  entity: TrainingSession,
  actions: ['training'],
  rows: { group: 'ADMINISTRATION', predicates: SEEN_BY_NO_COLLEGE },
  constraints: {
    training_session_not_own: { code: ChangeErrorCode.SOD_VIOLATION },
    training_session_once: {
      code: ChangeErrorCode.VALIDATION,
      what: '该次培训已登记。 This pass is recorded already.',
      path: ['passedOn'],
    },
  },
});

/** A move that ends grants at its instant (G18.2): made by the transfer, never changed. */
export const transferNotice = noun<TransferNotice>({
  name: 'TransferNotice',
  entity: TransferNotice,
  actions: [],
  rows: { group: 'ADMINISTRATION', predicates: SEEN_BY_NO_COLLEGE },
});
