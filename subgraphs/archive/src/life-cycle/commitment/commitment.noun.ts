import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { withRelated } from '../../staff/declaration.loader.js';
import { officeOf } from '../../org/own-office.js';
import { lockStudent } from '../../lock-order.js';
import { Commitment } from '../commitment.entity.js';
import { commitmentRows } from '../commitment.loader.js';

const SELF: ReadonlySet<string> = new Set(['STU_SELF', 'STAFF_SELF']);

const isOwn = ({ subject }: Identity, { studentNo, staffNo }: Commitment): boolean =>
  (studentNo ?? staffNo) === subject;
const isOfOffice = ({ role }: Identity, { ownerOffice }: Commitment): boolean =>
  officeOf(role) === ownerOffice;

/** A promise in one matter (承诺书, G8.1, Z5.2.2). */
export const commitment = noun<Commitment>({
  name: 'Commitment',
  entity: Commitment,
  machine: 'Commitment',
  rows: commitmentRows,
  withoutStudent: ({ role, subject }) => (role === 'STAFF_SELF' ? { staffNo: subject } : undefined),
  isSelf: isOwn,
  isOfOffice,
  // Student Affairs sees every promise, and acts on those of its own matters alone.
  isWith: (identity, row) => SELF.has(identity.role) || isOfOffice(identity, row),
  lockFirst: lockStudent,
  people: withRelated(),
  constraints: {
    commitment_breach_commitment_id_key: { code: ChangeErrorCode.STATE_CONFLICT },
    commitment_once: { code: ChangeErrorCode.STATE_CONFLICT },
  },
});
