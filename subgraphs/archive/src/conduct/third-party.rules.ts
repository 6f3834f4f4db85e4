/**
 * What third parties report stands under a consent in force (INV-10), and is accepted by the
 * archive itself, unseen by the school (2.4). Pure.
 */
import { covers } from '../consent/consent.rules.js';
import { ConductState, GoodState } from '../rules/conduct-state.js';
import { judgeFinding } from './finding.rules.js';
import { judgeGood } from './good.rules.js';
import { wait, type Judged, type Known } from './judged.js';
import { textOf, type Payload } from './payload.rules.js';

type Judge<State extends string> = (payload: Payload, known: Known<State>) => Judged;

/** Judge what may be held at all; the facts name the consent under which they stand. */
const underConsent =
  <State extends string>(judge: Judge<State>): Judge<State> =>
  (payload, known) => {
    const { cover } = known;
    if (!cover || !covers(cover, payload)) return wait('NO_CONSENT');
    const judged = judge(payload, known);
    if (judged.kind !== 'PUT') return judged;
    return { ...judged, facts: { ...judged.facts, consentId: cover.consentId } };
  };

/** Codes that a provider's finding comes to; a loan after graduation never comes here (T-05). */
const MALICE = ['D2-02', 'D2-03'];
const ACCEPTED_BY = 'job:acceptProviderMalice';

/** A provider's finding: it counts from its day on, given notice and statement (INV-03, L-04). */
export const judgeMalice = underConsent<ConductState>((payload, known) => {
  const judged = judgeFinding(payload, known);
  if (judged.kind !== 'PUT') return judged;
  if (!MALICE.includes(String(payload['indicatorCode']))) return wait('UNKNOWN_INDICATOR');
  const noticed = textOf(payload['noticeDeliveredAt']);
  if (!noticed || Number.isNaN(Date.parse(noticed)) || payload['statementFiled'] !== true)
    return wait('NO_NOTICE');
  // Who proposed and who confirmed it keep out of an appeal against it (INV-02).
  if (!('approvedBy' in judged.facts)) return wait('MALFORMED');
  const accepted = {
    state: ConductState.ACTIVE,
    noticeDeliveredAt: noticed,
    acceptedBy: ACCEPTED_BY,
    acceptedAt: known.at,
  };
  return { ...judged, facts: { ...judged.facts, ...accepted } };
});

/** Bills paid in time under a consent (P-10). */
export const judgePunctual = underConsent<GoodState>(judgeGood);
