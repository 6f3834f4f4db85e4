/** What each step of a request about own data writes. Pure. Source: DOMAIN 2.1, 3.6, L-11. */
import type { Act } from '@chengxin/kit/change/act';
import { filled } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import { STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import {
  SubjectRequestState,
  type SubjectRequest,
  type SubjectRequestType,
} from './subject-request.entity.js';

/** Working days after the day of filing within which a request is answered `[P]` (2.1). */
export const ANSWER_WORKING_DAYS = 15;

/** How a decision that is not accepted can be brought before somebody else (PIPL 50, 65). */
export const COMPLAINT =
  '不服本答复的，可以向学校审计部门反映，向履行个人信息保护职责的部门投诉、举报，或者依法向人民法院提起诉讼。 ' +
  'Whoever does not accept this may turn to the auditor of the school, complain to the authority for the protection of personal data, or sue before the people’s court.';

export interface Wish {
  readonly type: SubjectRequestType;
  readonly content: string;
}

/**
 * Filed by the person himself, to be answered by a day.
 *
 * @throws VALIDATION for a text that is blank or too long.
 */
export const filed = (
  { type, content }: Wish,
  dueOn: string,
  { now }: Act,
): Changes<SubjectRequest> => ({
  type,
  content: filled('content', content, STATEMENT_AT_MOST),
  filedAt: now,
  dueOn,
});

export interface Decision {
  readonly granted: boolean;
  /** What was done: of a request that is granted. */
  readonly outcome?: string;
  /** Of a refusal the person reads it. */
  readonly reason?: string;
}

function outcomeOf({ outcome }: Decision): string {
  if (outcome === undefined)
    throw invalid('outcome', '请写明办理结果。 Say what was done on the request.');
  return filled('outcome', outcome, STATEMENT_AT_MOST);
}

function refusalOf({ outcome, reason }: Decision): string {
  if (outcome !== undefined)
    throw invalid(
      'outcome',
      '拒绝的请求没有办理结果。 Nothing is done on a request that is refused.',
    );
  if (!reason?.trim())
    throw invalid('reason', '拒绝须说明理由。 A refusal needs a reason, which the person reads.');
  return reason.trim();
}

/**
 * Granted with what was done, or refused with the reason that the person reads (PIPL 50).
 *
 * @throws VALIDATION for a decision that lacks it.
 */
export const decided =
  (decision: Decision) =>
  (_: SubjectRequest, { by, today }: Act): Changes<SubjectRequest> => ({
    ...(decision.granted
      ? { state: SubjectRequestState.GRANTED, outcome: outcomeOf(decision) }
      : { state: SubjectRequestState.REFUSED, refusalReason: refusalOf(decision) }),
    decidedBy: by.subject,
    decidedOn: today,
  });
