import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { Sanction } from '../sanction.entity.js';
import { sanctionRows } from '../sanction.loader.js';

/** A disciplinary sanction (处分). Source: L-02, L-03, L-07, DOMAIN 2.4. */
export const sanction = noun<Sanction>({
  name: 'Sanction',
  entity: Sanction,
  machine: 'Sanction',
  rows: sanctionRows,
  lockFirst: lockStudent,
  // A draft is its drafter's to withdraw; Student Affairs withdraws any.
  isSelf: ({ subject }, { recordedBy }) => recordedBy === subject,
  // A row that came by a file leaves no line of each step.
  people: (_em, { recordedBy, approvedBy }) =>
    Promise.resolve({ 'sanction.draft': recordedBy, 'sanction.decide': approvedBy ?? null }),
  constraints: { sanction_second_person: { code: ChangeErrorCode.SOD_VIOLATION } },
});
