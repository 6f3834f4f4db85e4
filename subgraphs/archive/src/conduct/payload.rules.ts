/**
 * Reading what another office publishes. Its shape was promised, not proved: whatever does not fit
 * is a reason to wait, never a fault that stops the feed.
 */

export type Payload = Readonly<Record<string, unknown>>;

/** Why an event waits in `parked_event`. */
export type ParkReason =
  | 'MALFORMED'
  | 'OTHER_OFFICE'
  | 'UNKNOWN_STATE'
  | 'UNKNOWN_RECORD'
  | 'UNKNOWN_STUDENT'
  | 'UNKNOWN_INDICATOR'
  | 'SEVERITY_OUT_OF_RANGE'
  | 'NO_LEGAL_BASIS'
  | 'UNDER_AGE'
  | 'NO_CONSENT'
  | 'NO_NOTICE'
  | 'RECORD_DECIDED';

/** Where a fact is stored: an office may publish its own alone. */
export interface SourceRef {
  readonly subgraph: string;
  readonly typename: string;
  readonly id: string;
}

/** Text that says something. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** A calendar day that there is. */
export function dayOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
    ? text
    : undefined;
}

/** A member of a list of names. */
export const oneOf = <Name extends string>(
  names: readonly Name[],
  value: unknown,
): Name | undefined => names.find((name) => name === value);

/** Something that is not given, or given well; else the event is malformed. */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null;

export function sourceOf(payload: Payload): SourceRef | undefined {
  const source = (payload['source'] ?? {}) as Payload;
  const subgraph = textOf(source['subgraph']);
  const typename = textOf(source['typename']);
  const id = textOf(source['id']);
  return subgraph && typename && id ? { subgraph, typename, id } : undefined;
}

const ADULT_YEARS = 18;

/**
 * Whether somebody is 18 or older on a day. Internal to rules: no field discloses it (DOMAIN 2.2).
 */
export function isAdultOn(birthDate: string, day: string): boolean {
  const adultOn = `${Number(birthDate.slice(0, 4)) + ADULT_YEARS}${birthDate.slice(4)}`;
  return day >= adultOn;
}
