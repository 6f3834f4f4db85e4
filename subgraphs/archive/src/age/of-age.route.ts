import { actionOf } from '@chengxin/kit/action/actions';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { accessCall } from '@chengxin/kit/disclosure/access-call';
import { json, refusal } from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Act, AgeAnswer, AgeQuestion } from '@chengxin/kit/call/of-age';
import type { OfficeRoute } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { discloseHere } from '../access-log/write-access-events.js';
import { writeRefusals } from './age-refusal.js';
import { ofAge } from './of-age.js';

/** Actions whose actors may have their office request this: to propose a fact, or to approve it. */
const REQUESTING_ACTIONS = [
  'security.import',
  'security.approveImport',
  'lawViolation.report',
  'lawViolation.approve',
];
const mayRequest = ({ role }: Identity): boolean =>
  REQUESTING_ACTIONS.some((name) => actionOf(name)?.roles.includes(role));

const LOG = `
  insert into operation_log (at, actor, role, action, target, request_id)
  values (?, ?, 'SYSTEM', 'lawViolation.bar', 'of-age', gen_random_uuid())`;

/** One event a student: he learns that his birth date was used, never for what (3.7(15)). */
async function writeReading(
  em: EntityManager,
  identity: Identity,
  now: Date,
  acts: readonly Act[],
): Promise<void> {
  const studentNos = [...new Set(acts.map(({ studentNo }) => studentNo))].toSorted();
  const part = { groups: { MASK: ['SENSITIVE_IDENTITY'] as const }, studentNos };
  await discloseHere(em, [accessCall(identity, now, [part])]);
}

/**
 * `POST /of-age`: whether students were of age at acts, yes or no. What is answered to a person is
 * in the access log first; what the office requests for itself, after a corrected birth date, is in
 * the operation log. Source: INV-05, T-03, INV-12.
 */
export const ofAgeRoute = ({ orm, config }: OfficeParts): OfficeRoute => ({
  callers: ['security'],
  async answer(body, { issuer, identity }) {
    if (identity && !mayRequest(identity)) return refusal(403, 'FORBIDDEN_ACTION');
    const { acts } = JSON.parse(body.toString('utf8')) as AgeQuestion;
    const now = config.clock.now();
    const answers = await forkOf(orm).transactional(async (inner) => {
      const em = inner as EntityManager;
      const found = await ofAge(em, acts);
      if (!identity) await execute(em, LOG, [now, issuer]);
      else if (acts.length > 0) {
        await writeReading(em, identity, now, acts);
        const refused = acts.filter((_, place) => !found[place]);
        await writeRefusals(em, identity, now, dayOf(now), refused);
      }
      return found;
    });
    return json(200, { ofAge: answers } satisfies AgeAnswer);
  },
});
