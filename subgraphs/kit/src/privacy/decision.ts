/**
 * The archive's decisions on students, as they travel (docs/decisions/0053). Beside an answer stands once
 * what is ruled alike of some students, with the instant until which it holds, who they are, and the
 * archive's code over all of it and over the caller:
 * `code~ALLOW=IDENTITY;MASK=LAW_VIOLATIONS?NOT_SEALED~IDENTITY~1760000000000~2024010317,2024010305`.
 * The effects are by group name, so that offices on different versions agree; after them stand the groups
 * whose reading the archive writes down with the decision; `1760000000000!` says that the access itself
 * ends at that instant. `Student.access` names the text by which the student is decided on.
 */
import { randomUUID } from 'node:crypto';
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

/**
 * What is ruled on a student, as one text.
 *
 * @param recorded  Groups whose reading is written down with it; offices write down the others.
 */
export const writeRuled = (rulings: string, recorded: Iterable<Group> = []): string =>
  [rulings, [...recorded].join()].join(BETWEEN);

/** What decisions rule, by the names under which they do. */
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

const boundText = (who: Identity, name: string, ruled: string): string =>
  JSON.stringify([
    name,
    who.subject,
    who.role,
    who.purpose,
    who.caseId ?? '',
    who.reference ?? '',
    who.requestId,
    ruled,
  ]);

/** Decisions of one answer: the archive makes them while it is completed. */
export interface Sealing {
  /**
   * Decides on a student as on all of whom the same is ruled.
   *
   * @param ruled  As `writeRuled` has it.
   * @returns      The name that travels as his `access`.
   */
  access(studentNo: string, ruled: string, validity: Validity): string;
  /** What goes beside the answer, authenticated for the caller and the request. */
  texts(): RuledTexts;
}

/** @throws Error without a key. */
export function sealDecisions(keys: readonly Buffer[], who: Identity): Sealing {
  const alike = new Map<string, { readonly name: string; readonly studentNos: Set<string> }>();
  return {
    access(studentNo, ruled, validity) {
      const text = [ruled, writeValidity(validity)].join(BETWEEN);
      const same = alike.get(text) ?? { name: randomUUID(), studentNos: new Set<string>() };
      alike.set(text, same);
      same.studentNos.add(studentNo);
      return same.name;
    },
    texts() {
      const [key] = keys;
      const sealed = [...alike].map(([text, { name, studentNos }]) => {
        if (!key) throw new Error('There is no key to authenticate decisions with.');
        const ruled = [text, [...studentNos].join()].join(BETWEEN);
        return [name, [mac(key, boundText(who, name, ruled)), ruled].join(BETWEEN)] as const;
      });
      return new Map(sealed);
    },
  };
}

/** What a text rules, and of whom. */
interface Ruled extends SealedDecision {
  readonly studentNos: ReadonlySet<string>;
}

function openText(
  keys: readonly Buffer[],
  who: Identity,
  name: string,
  sealed: string,
): Ruled | undefined {
  const [code = '', ...parts] = sealed.split(BETWEEN);
  if (!macHolds(keys, boundText(who, name, parts.join(BETWEEN)), code)) return undefined;
  const [rulings, recorded = '', until, studentNos = ''] = parts;
  if (!rulings || !until) return undefined;
  return {
    rulings: readRulings(rulings),
    recorded: readGroups(recorded),
    studentNos: new Set(studentNos.split(',')),
    ...readValidity(until),
  };
}

/** The decision on a student under a name; nothing for one that is none. */
export type OpenDecision = (studentNo: string, access: string) => SealedDecision | undefined;

/**
 * Opens decisions for one caller and request, each text once: whether they still hold or not. One that
 * opens nothing is none, and so is one whose text did not come along or does not name the student.
 */
export function openDecisions(
  keys: readonly Buffer[],
  who: Identity,
  texts: RuledTexts,
): OpenDecision {
  const opened = new Map<string, Ruled | undefined>();
  return (studentNo, name) => {
    if (!opened.has(name)) {
      const sealed = texts.get(name);
      opened.set(name, sealed === undefined ? undefined : openText(keys, who, name, sealed));
    }
    const ruled = opened.get(name);
    return ruled?.studentNos.has(studentNo) ? ruled : undefined;
  };
}
