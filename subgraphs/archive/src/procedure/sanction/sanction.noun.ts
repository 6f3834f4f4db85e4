import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guard, guardBy } from '@chengxin/kit/change/guard';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { Sanction } from '../sanction.entity.js';
import { sanctionRows } from '../sanction.loader.js';
import { areNotUpheld } from './concluded-appeals.loader.js';
import { freeOf } from './free-records.loader.js';
import { checkFree, requireConclusion, requireTermOver } from './sanction-change.rules.js';

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
  guards: {
    'sanction.giveNotice': guardBy(freeOf, checkFree),
    'sanction.lift': guard(requireTermOver),
    'sanction.annul': guardBy(areNotUpheld, requireConclusion),
  },
  constraints: { sanction_second_person: { code: ChangeErrorCode.SOD_VIOLATION } },
});
