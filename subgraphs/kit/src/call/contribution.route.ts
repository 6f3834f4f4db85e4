import { execute, forkOf, type EntityManager } from '../database/orm.js';
import type { OfficeRoute } from '../server/office-definition.js';
import type { OfficeParts } from '../server/office-parts.js';
import { STUDENT_NO } from '../student-no.js';
import { signCall } from './call.js';
import {
  CONTRIBUTION_AT_MOST,
  CONTRIBUTION_PATH,
  type Bands,
  type Contribution,
  type ContributionQuestion,
  type SignedContribution,
} from './contribution.js';
import { json, refusal } from './http.js';

/** Computes the bands of some students as of a day, in statements that do not grow with them. */
export type BandsOf = (
  em: EntityManager,
  onDay: string,
  studentNos: readonly string[],
) => Promise<readonly Bands[]>;

/** Longer than any signature of a call holds. */
const REMEMBERED = '1 minute';
const FORGET = `delete from answered_call where at < ?::timestamptz - interval '${REMEMBERED}'`;
const REMEMBER = `
  insert into answered_call (nonce, at) values (?::uuid, ?) on conflict do nothing returning nonce`;
const LOG = `
  insert into operation_log (at, actor, role, action, target, request_id)
  values (?, ?, 'SYSTEM', 'creditViews.freeze', ?, ?)`;

const NONCE = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function questionOf(body: Buffer): ContributionQuestion | undefined {
  const { nonce, onDay, studentNos } = JSON.parse(body.toString('utf8')) as ContributionQuestion;
  const isWhole =
    NONCE.test(nonce) &&
    DAY.test(onDay) &&
    Array.isArray(studentNos) &&
    studentNos.length <= CONTRIBUTION_AT_MOST &&
    studentNos.every((one) => STUDENT_NO.test(one));
  return isWhole ? { nonce, onDay, studentNos } : undefined;
}

/**
 * `POST /contribution`: bands of students for a frozen release, to the archive itself and never for a
 * person; each question once, with a line in the operation log, and signed so that no older answer can
 * stand in its place.
 */
export const contributionRoute = ({ orm, config }: OfficeParts, bandsOf: BandsOf): OfficeRoute => ({
  callers: ['archive'],
  async answer(body, { issuer, identity }) {
    if (identity) return refusal(403, 'FORBIDDEN_FIELD');
    const question = questionOf(body);
    if (!question) return refusal(400, 'VALIDATION', `students: ${CONTRIBUTION_AT_MOST} at most.`);
    const { nonce, onDay, studentNos } = question;
    const now = config.clock.now();
    const bands = await forkOf(orm).transactional(async (inner) => {
      const em = inner as EntityManager;
      await execute(em, FORGET, [now]);
      const [first] = await execute(em, REMEMBER, [nonce, now]);
      if (!first) return undefined;
      await execute(em, LOG, [now, issuer, `contribution ${onDay} ${studentNos.length}`, nonce]);
      return bandsOf(em, onDay, studentNos);
    });
    if (!bands) return refusal(409, 'STATE_CONFLICT', 'nonce');
    const text = JSON.stringify({ nonce, bands } satisfies Contribution);
    const signed = { to: issuer, path: CONTRIBUTION_PATH, body: text };
    const call = await signCall(config.keyring, config.clock, signed);
    return json(200, { text, call } satisfies SignedContribution);
  },
});
