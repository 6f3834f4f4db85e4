/**
 * The archive's decision on one student, as it travels: the effects by group name, so that offices
 * on different versions agree, the instant until which it holds, and the archive's code over both
 * and over the caller. `ALLOW=IDENTITY,TUITION;MASK=LAW_VIOLATIONS?NOT_SEALED~1760000000000~code`;
 * `1760000000000!` where the access itself ends at that instant.
 */
import { mac, macHolds } from '../call/crypto.js';
import type { Identity } from '../call/identity.js';
import type { Group } from './groups.js';
import type { Effect } from './matrix.js';
import type { Predicate } from './predicates.js';

/** A decision must not outlive the end of a grant by more (INV-21). */
export const DECISION_SECONDS = 5;

export interface Ruling {
  readonly effect: Effect;
  readonly predicates: readonly Predicate[];
}
export type Rulings = ReadonlyMap<Group, Ruling>;

/** The instant from which on a decision is not used any more, in milliseconds. */
export interface Validity {
  readonly validUntil: number;
  /** The access ends then; else the decision is only too old, and another one may follow. */
  readonly isEnd: boolean;
}
export interface Decision extends Validity {
  readonly rulings: Rulings;
}

const END = '!';
const writeValidity = ({ validUntil, isEnd }: Validity): string =>
  `${validUntil}${isEnd ? END : ''}`;
const readValidity = (text: string): Validity => ({
  validUntil: Number.parseInt(text, 10),
  isEnd: text.endsWith(END),
});

/** The rulings as text; shut groups are left out, for silence is no. */
export function writeRulings(rulings: Rulings): string {
  const parts: string[] = [];
  for (const [group, { effect, predicates }] of rulings)
    parts.push(`${effect}=${group}${predicates.length ? `?${predicates.join('+')}` : ''}`);
  return parts.join(';');
}

function parseRulings(text: string): Rulings {
  const rulings = new Map<Group, Ruling>();
  for (const part of text.split(';').filter(Boolean)) {
    const [effect = '', rest = ''] = part.split('=');
    const [group = '', predicates = ''] = rest.split('?');
    rulings.set(group as Group, {
      effect: effect as Effect,
      predicates: predicates ? (predicates.split('+') as Predicate[]) : [],
    });
  }
  return rulings;
}

/** A page of 100 students carries one to three different texts, so the parse is shared. */
const PARSED_AT_MOST = 1000;
const parsed = new Map<string, Rulings>();
export function readRulings(text: string): Rulings {
  const known = parsed.get(text);
  if (known) return known;
  const rulings = parseRulings(text);
  if (parsed.size >= PARSED_AT_MOST) parsed.clear();
  parsed.set(text, rulings);
  return rulings;
}

const boundText = (studentNo: string, who: Identity, rulings: string, until: string): string =>
  JSON.stringify([
    studentNo,
    who.subject,
    who.role,
    who.purpose,
    who.caseId ?? '',
    who.reference ?? '',
    who.requestId,
    rulings,
    until,
  ]);

/** Authenticate a decision on one student for one caller and one request. */
export function sealDecision(
  keys: readonly Buffer[],
  studentNo: string,
  who: Identity,
  rulings: string,
  validity: Validity,
): string {
  const [key] = keys;
  if (!key) throw new Error('There is no key to authenticate decisions with.');
  const until = writeValidity(validity);
  return `${rulings}~${until}~${mac(key, boundText(studentNo, who, rulings, until))}`;
}

/**
 * The decision that a text carries for this student, caller and request, whether it still holds or
 * not; else nothing. One that opens nothing is none.
 */
export function openDecision(
  keys: readonly Buffer[],
  studentNo: string,
  who: Identity,
  access: string,
): Decision | undefined {
  const [rulings, until, code] = access.split('~');
  if (!rulings || !until || !code) return undefined;
  if (!macHolds(keys, boundText(studentNo, who, rulings, until), code)) return undefined;
  return { rulings: readRulings(rulings), ...readValidity(until) };
}
