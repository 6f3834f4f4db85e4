import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guardBy } from '@chengxin/kit/change/guard';
import { noun, peopleIn } from '@chengxin/kit/change/noun';
import { withRelated } from '../staff/declaration.loader.js';
import { lockStudent } from '../lock-order.js';
import { recordsOfEach } from './repair-facts.loader.js';
import { requireApplicable } from './repairable.rules.js';
import { RepairApplication, RepairState } from '../procedure/repair-application.entity.js';
import { repairRows } from '../procedure/repair-application.loader.js';

/** With the college until it has given its opinion, with Student Affairs from then on. */
const isClaimable = (role: Identity['role'], state: RepairState): boolean => {
  if (state === RepairState.SAO_REVIEW) return role === 'SCHOOL_ADMIN';
  const isBefore = state === RepairState.SUBMITTED || state === RepairState.COLLEGE_REVIEW;
  return !isBefore || role === 'COLLEGE_ADMIN';
};

/** What somebody of Student Affairs has in hand is his to decide; another takes it over by a claim. */
function isWith(
  { role, subject }: Identity,
  { state, handlerNo }: RepairApplication,
  action: string,
): boolean {
  if (action === 'repair.claim') return isClaimable(role, state);
  if (action === 'repair.decide') return !handlerNo || handlerNo === subject;
  return true;
}

/** An application for the repair of own records (G15). */
export const repair = noun<RepairApplication>({
  name: 'RepairApplication',
  entity: RepairApplication,
  machine: 'Repair',
  actions: ['repair'],
  rows: repairRows,
  lockFirst: lockStudent,
  isWith,
  reference: 'REPAIR',
  people: withRelated(
    peopleIn(({ collegeOpinionBy }) => ({ 'repair.review': collegeOpinionBy ?? null })),
  ),
  guards: {
    'repair.apply': guardBy(recordsOfEach, (_, records, { today }) =>
      requireApplicable(records, today),
    ),
  },
  constraints: { repair_second_person: { code: ChangeErrorCode.SOD_VIOLATION } },
});
