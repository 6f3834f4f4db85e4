/**
 * The archive's decision on one student, as it travels: the effects by group name, so that offices
 * on different versions agree, the instant until which it holds, and the archive's code over both
 * and over the caller. `ALLOW=IDENTITY;MASK=LAW_VIOLATIONS?NOT_SEALED~IDENTITY~1760000000000~code`;
 * between the first two `~` stand the groups whose reading the archive writes down with it, and
 * `1760000000000!` says that the access itself ends at that instant.
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
/** A decision as it travels to the offices. */
export interface SealedDecision extends Decision {
  /** Groups whose reading of this student the archive writes down with the decision (INV-12). */
  readonly recorded: ReadonlySet<Group>;
}

const END = '!';
const BETWEEN = '~';
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

/** A page of 100 students carries one to three different texts, so a parse is shared. */
const PARSED_AT_MOST = 1000;
function shared<Value>(parse: (text: string) => Value): (text: string) => Value {
  const parsed = new Map<string, Value>();
  return (text) => {
    const known = parsed.get(text);
    if (known !== undefined) return known;
    const value = parse(text);
    if (parsed.size >= PARSED_AT_MOST) parsed.clear();
    parsed.set(text, value);
    return value;
  };
}
export const readRulings = shared(parseRulings);

const readGroups = shared(
  (text): ReadonlySet<Group> => new Set(text.split(',').filter(Boolean) as Group[]),
);

type Written = readonly [rulings: string, recorded: string, until: string];

const boundText = (studentNo: string, who: Identity, written: Written): string =>
  JSON.stringify([
    studentNo,
    who.subject,
    who.role,
    who.purpose,
    who.caseId ?? '',
    who.reference ?? '',
    who.requestId,
    ...written,
  ]);

/**
 * Authenticate a decision on one student for one caller and one request.
 *
 * @param recorded  Groups whose reading is written down with it; offices write down the others.
 */
export function sealDecision(
  keys: readonly Buffer[],
  studentNo: string,
  who: Identity,
  rulings: string,
  validity: Validity,
  recorded: Iterable<Group> = [],
): string {
  const [key] = keys;
  if (!key) throw new Error('There is no key to authenticate decisions with.');
  const written = [rulings, [...recorded].join(), writeValidity(validity)] as const;
  return [...written, mac(key, boundText(studentNo, who, written))].join(BETWEEN);
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
): SealedDecision | undefined {
  const [rulings, recorded, until, code] = access.split(BETWEEN);
  if (!rulings || recorded === undefined || !until || !code) return undefined;
  const bound = boundText(studentNo, who, [rulings, recorded, until]);
  if (!macHolds(keys, bound, code)) return undefined;
  return {
    rulings: readRulings(rulings),
    recorded: readGroups(recorded),
    ...readValidity(until),
  };
}
