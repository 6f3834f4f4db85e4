/** What each step of a rule set writes. Pure. Source: DOMAIN 4.8, INV-16. */
import { addDays } from '@chengxin/kit/clock';
import { digestStream } from '@chengxin/kit/call/crypto';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { RuleSet } from '../credit/rule-set.js';
import type { RuleSetVersion } from '../rules/rule-set.entity.js';
import { checkedParameters } from './parameters.rules.js';

/** Working days for which a drafted set stands open to comments in school, at least (4.8). */
export const COMMENT_WORKING_DAYS = 10;
/** Days for which a back-test stands for what would be now `[P]`. */
const BACK_TEST_DAYS = 30;
const VERSION = /^[A-Z]{2,8}-\d{4}\.\d{1,3}$/;

const conflict = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);

/** SHA-256 of a text, hexadecimal. */
const sha256Of = (text: string): string => digestStream().update(text, 'utf8').digest('hex');

/** @throws VALIDATION for a version that has not the form CR-2026.2, and for numbers that are no rule set. */
export function draftedSet(
  base: RuleSet,
  { ruleSetVersion, parameters }: { readonly ruleSetVersion: string; readonly parameters: string },
): Changes<RuleSetVersion> {
  if (!VERSION.test(ruleSetVersion))
    throw invalid('ruleSetVersion', '版本号形如 CR-2026.2。 Of the form CR-2026.2.');
  const storedParameters = checkedParameters(base, parameters);
  return { ruleSetVersion, storedParameters, storedSha256: sha256Of(storedParameters) };
}

/** @throws VALIDATION for a last day before the least number of working days has passed. */
export function openedForComment(
  until: string | undefined,
  earliest: string,
  { today }: Act,
): Changes<RuleSetVersion> {
  const commentUntil = until ?? earliest;
  if (commentUntil < earliest)
    throw invalid(
      'until',
      `公开征求意见不少于 ${COMMENT_WORKING_DAYS} 个工作日，最早至 ${earliest}。 Comments are taken for ${COMMENT_WORKING_DAYS} working days at least: until ${earliest}.`,
    );
  return { commentFrom: today, commentUntil };
}

/** A resolution with the meeting that passed it. */
export interface PassedResolution {
  readonly meetingId: string;
  readonly heldOn: string | null;
}

/** @throws STATE_CONFLICT while comments are taken; VALIDATION for a resolution of no meeting held since. */
export function resolved(
  { commentUntil = '' }: RuleSetVersion,
  resolutionNo: string,
  resolution: PassedResolution | undefined,
  { by, now, today }: Act,
): Changes<RuleSetVersion> {
  if (today <= commentUntil)
    throw conflict(`征求意见至 ${commentUntil}。 Comments are taken until ${commentUntil}.`);
  if (!resolution?.heldOn || resolution.heldOn <= commentUntil)
    throw invalid(
      'resolutionNo',
      '须为征求意见结束后召开的领导小组会议的决议。 A resolution of a meeting of the leading group that was held after the comments.',
    );
  return {
    resolutionNo,
    approvedByMeetingId: resolution.meetingId,
    approvedBy: by.subject,
    approvedAt: now,
  };
}

/** What is known of the back-test that an activation names. */
export interface NamedBackTest {
  readonly ruleSet: string;
  readonly sha256: string;
  readonly comparedWith: string;
  readonly onDay: string;
}

/**
 * It scores from a day on, once its back-test was computed on what it takes the place of.
 *
 * @throws VALIDATION for a day in the past, or not after the first day of the set in force, and for a
 *         back-test of something else, or too old.
 */
export function activated(
  row: RuleSetVersion,
  { backTestId, effectiveFrom }: { readonly backTestId: string; readonly effectiveFrom: string },
  { test, inForce }: { readonly test: NamedBackTest | undefined; readonly inForce: RuleSetVersion },
  { by, today }: Act,
): Changes<RuleSetVersion> {
  if (effectiveFrom < today || effectiveFrom <= (inForce.effectiveFrom ?? ''))
    throw invalid(
      'effectiveFrom',
      '不早于今天，且晚于现行规则集的生效日期。 From today on, and after the first day of the set in force.',
    );
  const isOfIt =
    test?.ruleSet === row.ruleSetVersion &&
    test.sha256 === row.storedSha256 &&
    test.comparedWith === inForce.ruleSetVersion;
  if (!isOfIt || addDays(test.onDay, BACK_TEST_DAYS) < today)
    throw invalid(
      'backTestId',
      '须为本规则集与现行规则集在三十天内的回测。 A back-test of this set against that in force, within thirty days.',
    );
  return { backTestId, effectiveFrom, activatedBy: by.subject };
}
