import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, type ReadRows, peopleIn } from '@chengxin/kit/change/noun';
import { AdminGrant } from './admin-grant.entity.js';
import { inOwnUnit } from '../org/own-unit.predicates.js';
import { TrainingSession } from './training-session.entity.js';
import { TransferNotice } from './transfer-notice.entity.js';

const rows: ReadRows<AdminGrant> = {
  group: 'ADMINISTRATION',
  predicates: { OWN_UNIT: inOwnUnit },
};

/** A role held in an org from–to (G18): never given by its holder. */
export const adminGrant = noun<AdminGrant>({
  name: 'AdminGrant',
  entity: AdminGrant,
  machine: 'AdminGrant',
  rows,
  people: peopleIn(({ staffNo }) => ({ 'grant.holder': staffNo })),
  constraints: {
    admin_grant_not_by_holder: { code: ChangeErrorCode.SOD_VIOLATION },
    admin_grant_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    admin_grant_two_persons: {
      code: ChangeErrorCode.SOD_VIOLATION,
      what: '同一人不得兼任审计人员与纪检人员。 One person is never auditor and discipline officer.',
    },
    admin_grant_staff_no_role_org_code_valid_from_key: {
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
