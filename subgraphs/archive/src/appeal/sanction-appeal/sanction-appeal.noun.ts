import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guard, guardBy } from '@chengxin/kit/change/guard';
import { noun, type People } from '@chengxin/kit/change/noun';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { withRelated } from '../../staff/declaration.loader.js';
import { lockStudent } from '../../lock-order.js';
import { AppealKind } from '../appeal-state.js';
import { Appeal } from '../appeal.entity.js';
import { appealRows } from '../appeal.loader.js';
import { requireFirstExtension, requireProvincial } from './sanction-appeal.rules.js';

const PEOPLE = `
  select s.recorded_by as "sanction.draft", s.approved_by as "sanction.decide"
  from unnest(?::uuid[]) with ordinality as given (id, at)
    left join sanction s on s.id = given.id order by given.at`;

const UNDER_APPEAL = `select id from sanction where id = any(?::uuid[]) and state = 'APPEALED'`;

/** Whether nothing has undone the sanctions of some appeals meanwhile. */
async function areUnderAppeal(em: EntityManager, rows: readonly Appeal[]): Promise<boolean[]> {
  const ids = rows.flatMap(({ sanctionId }) => sanctionId ?? []);
  const found = await execute<{ id: string }>(em, UNDER_APPEAL, [ids]);
  const still = new Set(found.map(({ id }) => id));
  return rows.map(({ sanctionId }) => sanctionId !== undefined && still.has(sanctionId));
}

/** An appeal against a sanction: the decision is attacked, not the record (T-06, L-06). */
export const sanctionAppeal = noun<Appeal>({
  name: 'Appeal',
  entity: Appeal,
  machine: 'SanctionAppeal',
  rows: appealRows,
  lockFirst: lockStudent,
  isWith: (_, { kind }) => kind === AppealKind.SANCTION,
  isOfCase: (identity, { caseId }) => Boolean(caseId) && caseId === identity.caseId,
  // Nobody handles what he drafted or decided.
  people: withRelated((em, rows) =>
    execute<People>(em, PEOPLE, [rows.map(({ sanctionId }) => sanctionId ?? null)]),
  ),
  guards: {
    'sanctionAppeal.extend': guard(requireFirstExtension),
    'sanctionAppeal.appealToProvince': guardBy(areUnderAppeal, requireProvincial),
  },
  constraints: {
    appeal_open: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '对此已有未办结的申诉。 An appeal against it is open.',
    },
  },
});
