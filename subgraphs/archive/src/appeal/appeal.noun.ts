import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guardBy } from '@chengxin/kit/change/guard';
import { noun, type People } from '@chengxin/kit/change/noun';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { withRelated } from '../staff/declaration.loader.js';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import type { ConductState } from '../rules/conduct-state.js';
import { requireCounting, requireEscalable } from './appeal-change.rules.js';
import { WHO_APPROVED, whoRejected } from './appeal-people.js';
import { AppealKind } from './appeal-state.js';
import { Appeal } from './appeal.entity.js';
import { appealRows } from './appeal.loader.js';
import { PROVIDER, providerRows } from './provider-appeals.js';

/** Student affairs may take on any appeal that it sees; all other steps are of the office that decides. */
const OF_ANY_OFFICE: ReadonlySet<string> = new Set(['appeal.accept', 'appeal.decline']);

function isWith(
  { role }: Identity,
  { kind, handlerOffice, targetOffice, targetProvider }: Appeal,
  action: string,
): boolean {
  // What is against a sanction is the committee's (L-06).
  if (kind === AppealKind.SANCTION) return false;
  if (role === 'STU_SELF') return true;
  // What a provider found is the provider's alone, whoever it lies with by its office.
  if (targetProvider) return role === PROVIDER;
  if (role === 'SCHOOL_ADMIN' && OF_ANY_OFFICE.has(action)) return true;
  // Whoever owns the fact answers, wherever the appeal lies.
  if (action === 'appeal.answer') return officeOf(role) === targetOffice;
  return officeOf(role) === handlerOffice;
}

/**
 * Who recorded and approved the fact; and `appeal.reject`, who decided before the further review was
 * requested.
 */
const PEOPLE = `
  select c.recorded_by as "fact.record", ${WHO_APPROVED} as "fact.approve",
    ${whoRejected('p.id')} as "appeal.reject"
  from unnest(?::uuid[]) with ordinality as given (id, at)
    left join appeal p on p.id = given.id
    left join conduct_record c on c.id = p.record_id order by given.at`;

const RECORD_STATES = `
  select c.state from unnest(?::uuid[]) with ordinality as given (id, at)
    left join conduct_record c on c.id = given.id order by given.at`;

/** States of the records that some appeals are against; null of an appeal against none. */
async function recordStates(
  em: EntityManager,
  rows: readonly Appeal[],
): Promise<(ConductState | null)[]> {
  const ids = rows.map(({ recordId }) => recordId ?? null);
  const found = await execute<{ state: ConductState | null }>(em, RECORD_STATES, [ids]);
  return found.map(({ state }) => state);
}

/** An objection to what the archive says (G14). */
export const appeal = noun<Appeal>({
  name: 'Appeal',
  entity: Appeal,
  machine: 'Appeal',
  rows: appealRows,
  lockFirst: lockStudent,
  withoutStudent: providerRows,
  providerOf: ({ targetProvider }) => targetProvider,
  isOfOffice: ({ role }, { handlerOffice, targetOffice }) =>
    [handlerOffice, targetOffice].includes(officeOf(role) ?? ''),
  isWith,
  reference: 'APPEAL',
  guards: {
    'appeal.accept': guardBy(recordStates, (_, state) => requireCounting(state)),
    'appeal.escalate': guardBy(recordStates, (row, state, at) => {
      requireEscalable(row, at);
      requireCounting(state);
    }),
  },
  people: withRelated((em, rows) => execute<People>(em, PEOPLE, [rows.map(({ id }) => id)])),
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
