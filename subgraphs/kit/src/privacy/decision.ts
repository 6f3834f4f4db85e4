/**
 * The archive's decision on one student, as it travels: the digest of what is ruled, the instant
 * until which it holds, and the archive's code over both and over student and caller:
 * `digest~1760000000000~code`; `1760000000000!` says that the access itself ends at that instant.
 *
 * What is ruled travels once beside all decisions that name it (docs/decisions/0053), the effects by
 * group name, so that offices on different versions agree:
 * `ALLOW=IDENTITY;MASK=LAW_VIOLATIONS?NOT_SEALED~IDENTITY`, after the `~` the groups whose reading the
 * archive writes down with the decision.
 */
import { digest, mac, macHolds } from '../call/crypto.js';
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

/**
 * What is ruled on a student, as one text.
 *
 * @param recorded  Groups whose reading is written down with it; offices write down the others.
 */
export const writeRuled = (rulings: string, recorded: Iterable<Group> = []): string =>
  [rulings, [...recorded].join()].join(BETWEEN);

/** What decisions rule, by the digests that they name. */
export type RuledTexts = ReadonlyMap<string, string>;

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

/** Name of what is ruled: nobody finds another text with the same. */
export const digestOfRuled = shared(digest);

const boundText = (studentNo: string, who: Identity, ruled: string, until: string): string =>
  JSON.stringify([
    studentNo,
    who.subject,
    who.role,
    who.purpose,
    who.caseId ?? '',
    who.reference ?? '',
    who.requestId,
    ruled,
    until,
  ]);

/**
 * Authenticate a decision on one student for one caller and one request.
 *
 * @param ruled  As `writeRuled` has it; it is sent beside the decision.
 */
export function sealDecision(
  keys: readonly Buffer[],
  studentNo: string,
  who: Identity,
  ruled: string,
  validity: Validity,
): string {
  const [key] = keys;
  if (!key) throw new Error('There is no key to authenticate decisions with.');
  const name = digestOfRuled(ruled);
  const until = writeValidity(validity);
  return [name, until, mac(key, boundText(studentNo, who, name, until))].join(BETWEEN);
}

/**
 * The decision that a text carries for this student, caller and request, whether it still holds or
 * not; else nothing. One that opens nothing is none, and so is one whose rulings did not come along.
 */
export function openDecision(
  keys: readonly Buffer[],
  studentNo: string,
  who: Identity,
  access: string,
  texts: RuledTexts,
): SealedDecision | undefined {
  const [name = '', until, code] = access.split(BETWEEN);
  const ruled = texts.get(name);
  if (!ruled || !until || !code || digestOfRuled(ruled) !== name) return undefined;
  if (!macHolds(keys, boundText(studentNo, who, name, until), code)) return undefined;
  const [rulings = '', recorded = ''] = ruled.split(BETWEEN);
  if (!rulings) return undefined;
  return {
    rulings: readRulings(rulings),
    recorded: readGroups(recorded),
    ...readValidity(until),
  };
}
