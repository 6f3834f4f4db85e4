/** What a request for a change says, and its decision. Pure. Source: T-02, G20.1. */
import type { Act } from '@chengxin/kit/change/act';
import { documentNo, filled, shaped } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { officeOf } from '../org/own-office.js';
import { ChangeRequestState, type ChangeRequest } from './change-request.entity.js';
import { CHANGE_TARGETS, type ChangeTarget } from './change-target.js';

const TEXT_AT_MOST = 500;
const NUMBER = /^[\w-]{1,64}$/;

export interface Wanted {
  readonly targetKind: ChangeTarget;
  readonly targetId: string;
  readonly requested: string;
  readonly docNo: string;
}

/** @throws VALIDATION */
export const requestedChange =
  ({ targetKind, targetId, requested, docNo }: Wanted) =>
  (_: object, { by }: Act): Changes<ChangeRequest> => {
    const { office, group } = CHANGE_TARGETS[targetKind];
    return {
      targetKind,
      targetId: shaped('targetId', targetId, NUMBER),
      targetOffice: office,
      targetGroups: [group],
      raisedByOffice: officeOf(by.role) ?? '',
      requested: filled('requested', requested, TEXT_AT_MOST),
      docNo: documentNo('docNo', docNo),
    };
  };

/**
 * The office decides; what it accepts it changes itself, as it changes any fact of its own.
 *
 * @throws VALIDATION without words, or for a state that is no decision.
 */
export const decidedChange =
  (state: ChangeRequestState, decisionText: string) =>
  (_: ChangeRequest, { by, now }: Act): Changes<ChangeRequest> => {
    if (state === ChangeRequestState.REQUESTED)
      throw invalid('decision', '请选择 ACCEPTED 或 REFUSED。 ACCEPTED or REFUSED.');
    return {
      state,
      decisionText: filled('decisionText', decisionText, TEXT_AT_MOST),
      decidedBy: by.subject,
      decidedAt: now,
    };
  };
