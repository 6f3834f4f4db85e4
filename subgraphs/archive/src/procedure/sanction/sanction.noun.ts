import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guard, guardBy } from '@chengxin/kit/change/guard';
import { noun, peopleIn } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { withRelated } from '../../staff/declaration.loader.js';
import { Sanction } from '../sanction.entity.js';
import { sanctionRows } from '../sanction.loader.js';
import { areNotUpheld } from './concluded-appeals.loader.js';
import { freeOf } from './free-records.loader.js';
import {
  checkFree,
  requireConclusion,
  requireTermOver,
  requireUndisputed,
  requireUnfounded,
} from './sanction-change.rules.js';
import { areDisputed, areUnfounded } from './record-states.loader.js';

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
  people: withRelated(
    peopleIn(({ recordedBy, approvedBy }) => ({
      'sanction.draft': recordedBy,
      'sanction.decide': approvedBy ?? null,
    })),
  ),
  // One that rests on nothing is closed: it is itself what Student Affairs names to open it (note 13).
  reference: 'APPEAL',
  guards: {
    'sanction.giveNotice': guardBy(freeOf, checkFree),
    'sanction.decide': guardBy(areDisputed, requireUndisputed),
    'sanction.lift': guard(requireTermOver),
    'sanction.annul': guardBy(areNotUpheld, requireConclusion),
    'sanction.annulUnfounded': guardBy(areUnfounded, requireUnfounded),
  },
  constraints: { sanction_second_person: { code: ChangeErrorCode.SOD_VIOLATION } },
});
