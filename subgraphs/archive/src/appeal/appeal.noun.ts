import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, type People } from '@chengxin/kit/change/noun';
import { execute } from '@chengxin/kit/database/orm';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { Appeal } from './appeal.entity.js';
import { appealRows } from './appeal.loader.js';

/** Student affairs may take on any appeal that it sees; all other steps are of the office that decides. */
const OF_ANY_OFFICE: ReadonlySet<string> = new Set(['appeal.accept', 'appeal.decline']);

function isWith(
  { role }: Identity,
  { handlerOffice, targetOffice }: Appeal,
  action: string,
): boolean {
  if (role === 'STU_SELF') return true;
  if (role === 'SCHOOL_ADMIN' && OF_ANY_OFFICE.has(action)) return true;
  // Whoever owns the fact answers, wherever the appeal lies.
  if (action === 'appeal.answer') return officeOf(role) === targetOffice;
  return officeOf(role) === handlerOffice;
}

const FACT = `
  select recorded_by as "fact.record",
    array_remove(array[approved_by, accepted_by], null) as "fact.approve"
  from conduct_record where id = ?::uuid`;

/** An objection to what the archive says (G14). */
export const appeal = noun<Appeal>({
  name: 'Appeal',
  entity: Appeal,
  machine: 'Appeal',
  rows: appealRows,
  lockFirst: lockStudent,
  isOfOffice: ({ role }, { handlerOffice, targetOffice }) =>
    [handlerOffice, targetOffice].includes(officeOf(role) ?? ''),
  isWith,
  reference: 'APPEAL',
  people: async (em, { recordId }) =>
    (await execute<People>(em, FACT, [recordId ?? null]))[0] ?? {},
  constraints: {
    appeal_open: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '对此已有未办结的申诉。 An appeal against it is open.',
    },
    student_days: {
      code: ChangeErrorCode.VALIDATION,
      what: '入学日期晚于毕业日期。 The day of entry is after that of graduation.',
      path: ['corrected'],
    },
    appeal_two_people: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
