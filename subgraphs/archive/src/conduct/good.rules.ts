/** Whether and how an office's good record comes into the archive. Pure. Source: DOMAIN 2.2–2.4. */
import { indicatorByCode } from '../rules/indicator.loader.js';
import { GoodState, HonourLevel } from '../rules/conduct-state.js';
import { wait, type Judged, type Known } from './judged.js';
import {
  dayOf,
  isAbsent,
  oneOf,
  sourceOf,
  textOf,
  type ParkReason,
  type Payload,
  type SourceRef,
} from './payload.rules.js';

const { APPROVED, REVOKED } = GoodState;
/** Whose word counts for which codes: posts, practice, volunteering (G6.4); bills paid in time. */
const CODES: Readonly<Record<string, { office: string; codes: readonly string[] }>> = {
  youthleague: { office: 'CYL', codes: ['P-05', 'P-06', 'P-07'] },
  thirdparty: { office: 'TPC', codes: ['P-10'] },
};
/** Above this no number is a count of hours. */
const AMOUNT_BELOW = 1_000_000;

/** What is counted, as exact text; nothing when it is no such number. */
function amountOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : textOf(value);
  return text && /^\d+(\.\d{1,2})?$/.test(text) && Number(text) < AMOUNT_BELOW ? text : undefined;
}

/** The coded facts of a good record, or why there are none. */
function factsOf(payload: Payload, { subgraph }: SourceRef): object | ParkReason {
  const indicator = indicatorByCode(String(payload['indicatorCode']));
  if (!indicator?.points || payload['polarity'] !== 'GOOD') return 'UNKNOWN_INDICATOR';
  const own = CODES[subgraph];
  if (!own?.codes.includes(indicator.code)) return 'OTHER_OFFICE';
  const occurredOn = dayOf(payload['occurredOn']);
  const endedOn = dayOf(payload['endedOn']);
  const level = oneOf(Object.values(HonourLevel), payload['level']);
  const amount = amountOf(payload['amount']);
  if (!occurredOn || (endedOn ?? occurredOn) < occurredOn) return 'MALFORMED';
  const given = { endedOn, level, amount };
  for (const [name, value] of Object.entries(given))
    if (value === undefined && !isAbsent(payload[name])) return 'MALFORMED';
  return {
    studentNo: payload['studentNo'],
    indicatorCode: indicator.code,
    originGroup: indicator.origin,
    sourceOffice: own.office,
    occurredOn,
    ...given,
    state: APPROVED,
    evidence: [],
  };
}

/** Judge one good record. It comes approved; a revoked one comes back as a new record alone. */
export function judgeGood(payload: Payload, known: Known<GoodState>): Judged {
  const source = sourceOf(payload);
  if (!source) return wait('MALFORMED');
  if (source.subgraph !== known.office) return wait('OTHER_OFFICE');
  const requested = oneOf([APPROVED, REVOKED], payload['state']);
  if (!requested) return wait('UNKNOWN_STATE');
  const { present } = known;
  if (requested === REVOKED)
    return present ? { kind: 'MOVE', source, state: REVOKED } : wait('UNKNOWN_RECORD');
  if (present === REVOKED) return wait('RECORD_DECIDED');
  if (!known.student) return wait('UNKNOWN_STUDENT');
  const facts = factsOf(payload, source);
  return typeof facts === 'string' ? wait(facts) : { kind: 'PUT', source, facts };
}
