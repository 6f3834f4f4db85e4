/** What a person takes of himself: its shape, and what of an answer goes into it. Pure. Source: L-11, 3.6. */
import type { GraphQLFormattedError } from 'graphql';
import type { Values } from '../objects.js';

/** Grows when a field of the shape below changes its meaning or goes. */
export const SHAPE = { format: 'chengxin.own-archive', version: 1 } as const;

/** Stands in the file, and on each page of the PDF. */
export const OWN_COPY = {
  zh: '仅供本人使用，不作为证明',
  en: 'For the person’s own use, not a proof',
} as const;

/** One field of the student, as the office that owns it answers. */
export interface OwnRecord {
  /** `academics` */
  readonly office: string;
  /** `grades`, as the graph calls it. */
  readonly name: string;
  readonly content: unknown;
}

/** The file in JSON. Instants are in UTC, days at +08:00, money in fen, points in hundredths. */
export interface OwnArchive {
  readonly format: string;
  readonly version: number;
  readonly purpose: { readonly zh: string; readonly en: string };
  readonly exportedAt: string;
  /** Number of this export: it stands in the operation log. */
  readonly exportId: string;
  readonly studentNo: string;
  readonly records: readonly OwnRecord[];
  /** What was changed in the archive, by whom, when and why, the latest first. */
  readonly changes: readonly unknown[];
  /** Who has looked, when, in which role and for which purpose, the latest first. */
  readonly access: readonly unknown[];
  /** Where a seal keeps something from everybody, the person himself included. */
  readonly sealed: readonly string[];
}

export interface GraphAnswer {
  readonly data?: Values | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** What the tables shut for the person, and a seal: the rest of the answer is whole without it. */
const SHUT = 'FORBIDDEN_FIELD';
const SEALED = 'RECORD_SEALED';
/** All positions of a list that the answer does not show. */
const EVERY = '@';

const codeOf = ({ extensions }: GraphQLFormattedError): unknown => extensions?.['code'];

/** What makes an answer a half one: an office is down, or its log cannot be written. */
export const faultOf = ({ errors = [] }: GraphAnswer): GraphQLFormattedError | undefined =>
  errors.find((error) => codeOf(error) !== SHUT && codeOf(error) !== SEALED);

/** Take a field out, at every position of a list that a path does not name. */
function remove(value: unknown, [step, ...rest]: readonly (string | number)[]): void {
  if (Array.isArray(value) && (step === EVERY || typeof step !== 'number')) {
    const below = step === EVERY ? rest : [step as string, ...rest];
    for (const one of value) remove(one, below);
    return;
  }
  const inner = value as Values | null | undefined;
  if (inner === null || typeof inner !== 'object' || step === undefined) return;
  if (rest.length) remove(inner[step], rest);
  else if (inner[step] === null) delete inner[step];
}

/** The data of an answer without what is shut for the person: it is no part of what is held for him to see. */
export function shownData({ data, errors = [] }: GraphAnswer): Values {
  const shown = structuredClone(data ?? {});
  for (const error of errors) if (codeOf(error) === SHUT && error.path) remove(shown, error.path);
  return shown;
}

/** Where seals stand: `conductRecords.2.findingBody`. */
export const sealsOf = ({ errors = [] }: GraphAnswer): string[] =>
  errors.flatMap((error) =>
    codeOf(error) === SEALED && error.path ? [error.path.slice(2).join('.')] : [],
  );

/** Leaves of the student himself, beside his records. */
const PROFILE = 'profile';

/** What is known of a field of the student. */
export interface FieldOfStudent {
  readonly office: string;
  /** A plain item, and no object or list. */
  readonly isItem: boolean;
}

/** Records by field, each with its office; plain items of the student stand together as `profile`. */
export function recordsOf(student: Values, known: (field: string) => FieldOfStudent): OwnRecord[] {
  const profile: Values = {};
  const records: OwnRecord[] = [];
  for (const [name, content] of Object.entries(student)) {
    const { office, isItem } = known(name);
    if (isItem) profile[name] = content;
    else records.push({ office, name, content });
  }
  return [{ office: known('name').office, name: PROFILE, content: profile }, ...records];
}
