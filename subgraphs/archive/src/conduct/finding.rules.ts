/** Whether and how an office's finding becomes a conduct record. Pure. Source: DOMAIN 2.2–2.4. */
import { indicatorByCode } from '../rules/indicator.loader.js';
import { SEVERITIES } from '../rules/severity.js';
import { CLOSED_STATES, ConductState } from '../rules/conduct-state.js';
import { noticeInstant } from './imported.rules.js';
import { wait, type Judged, type Known } from './judged.js';
import {
  dayOf,
  isAbsent,
  isAdultOn,
  oneOf,
  sourceOf,
  textOf,
  type ParkReason,
  type Payload,
  type SourceRef,
} from './payload.rules.js';

const { FOUND, DISMISSED, REVOKED, SEALED } = ConductState;
/** States that offices publish, and the state that each requests here. */
const REQUESTED: Readonly<Record<string, ConductState>> = {
  FOUND,
  DISMISSED,
  NOT_FOUND: DISMISSED,
  REVOKED,
  SEALED,
};

/** What becomes of a record whose office takes its finding back (2.4). */
export function withdrawn(present: ConductState, requested: ConductState): ConductState {
  if (requested === SEALED) return SEALED;
  if (CLOSED_STATES.includes(present)) return present;
  return present === FOUND ? requested : REVOKED;
}

/** INV-05: what the security office publishes of an act under 18 may not even wait here. */
function isBarred(payload: Payload, { office, student }: Known<ConductState>): boolean {
  const occurredOn = dayOf(payload['occurredOn']);
  return office === 'security' && !!student && !!occurredOn
    ? !isAdultOn(student.birthDate, occurredOn)
    : false;
}

/** Who recorded and who approved it at its office, as far as that is named. */
function peopleOf(payload: Payload): object | undefined {
  const [recordedBy, approvedBy, approvedAt] = ['recordedBy', 'approvedBy', 'approvedAt'].map(
    (name) => textOf(payload[name]),
  );
  if (!recordedBy && !approvedBy) return {};
  const isWhole = recordedBy && approvedBy && recordedBy !== approvedBy;
  if (!isWhole || Number.isNaN(Date.parse(approvedAt ?? ''))) return undefined;
  return { recordedBy, approvedBy, approvedAt };
}

/** The coded facts of a finding, or why there are none. */
function factsOf(payload: Payload, source: SourceRef): object | ParkReason {
  const indicator = indicatorByCode(String(payload['indicatorCode']));
  if (!indicator?.severityRange || payload['polarity'] !== 'BAD') return 'UNKNOWN_INDICATOR';
  if (indicator.subgraph !== source.subgraph) return 'OTHER_OFFICE';
  const severity = oneOf(SEVERITIES, payload['severity']);
  if (!severity || !indicator.severityRange.includes(severity)) return 'SEVERITY_OUT_OF_RANGE';
  const occurredOn = dayOf(payload['occurredOn']);
  const foundOn = dayOf(payload['foundOn']);
  const findingOn = dayOf(payload['findingOn']);
  const findingBody = textOf(payload['findingBody']);
  const findingDocNo = textOf(payload['findingDocNo']);
  const endedOn = dayOf(payload['endedOn']);
  const noticeDeliveredOn = dayOf(payload['noticeDeliveredOn']);
  if (!occurredOn || !foundOn || !findingOn || !findingBody || !findingDocNo) return 'MALFORMED';
  if (foundOn < occurredOn || (endedOn ?? occurredOn) < occurredOn) return 'MALFORMED';
  for (const name of ['endedOn', 'noticeDeliveredOn'])
    if (!dayOf(payload[name]) && !isAbsent(payload[name])) return 'MALFORMED';
  const people = peopleOf(payload);
  if (!people) return 'MALFORMED';
  const legalBasis = textOf(payload['legalBasis']);
  if (!legalBasis && indicator.origin === 'LAW_VIOLATIONS') return 'NO_LEGAL_BASIS';
  return {
    studentNo: payload['studentNo'],
    indicatorCode: indicator.code,
    originGroup: indicator.origin,
    sourceOffice: indicator.ownerOffice,
    severity,
    occurredOn,
    endedOn,
    foundOn,
    findingOn,
    findingBody,
    findingDocNo,
    legalBasis,
    ...(noticeDeliveredOn && { noticeDeliveredAt: noticeInstant(noticeDeliveredOn) }),
    ...people,
    state: FOUND,
    evidence: [{ id: source.id, docNo: findingDocNo }],
  };
}

/**
 * Judge one finding. New ones wait as FOUND until Student Affairs accepts them; an accepted record
 * changes no more by its office's word, but can be taken back.
 */
export function judgeFinding(payload: Payload, known: Known<ConductState>): Judged {
  if (isBarred(payload, known)) return wait('UNDER_AGE');
  const source = sourceOf(payload);
  if (!source) return wait('MALFORMED');
  if (source.subgraph !== known.office) return wait('OTHER_OFFICE');
  const requested = REQUESTED[String(payload['state'])];
  if (!requested) return wait('UNKNOWN_STATE');
  const { present } = known;
  if (requested !== FOUND)
    return present
      ? { kind: 'MOVE', source, state: withdrawn(present, requested) }
      : wait('UNKNOWN_RECORD');
  if (present && present !== FOUND) return wait('RECORD_DECIDED');
  if (!known.student) return wait('UNKNOWN_STUDENT');
  const facts = factsOf(payload, source);
  return typeof facts === 'string' ? wait(facts) : { kind: 'PUT', source, facts };
}
