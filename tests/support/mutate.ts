/** Requesting mutations, and what they leave behind. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Answer, TestCollege } from './college.js';

export const fieldOf = (noun: string): string => noun.slice(0, 1).toLowerCase() + noun.slice(1);

/** An argument that is written without quotes. */
export class EnumValue {
  constructor(readonly name: string) {}
}

export interface Mutation {
  /** Response key; the name, when nothing is said. */
  readonly alias?: string;
  readonly name: string;
  readonly noun: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Fields of the noun in the payload. */
  readonly fields?: string;
  /** It decides on several rows, each with a result of its own. */
  readonly isMany?: boolean;
}

function literal(value: unknown): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`);
  return `{ ${fields.join(', ')} }`;
}

function fieldText(mutation: Mutation): string {
  const { alias, name, noun, args, fields = 'id state version', isMany = false } = mutation;
  const given = Object.entries({ clientMutationId: randomUUID(), ...args });
  const list = given.map(([key, value]) => `${key}: ${literal(value)}`).join(', ');
  const key = alias ? `${alias}: ` : '';
  const row = `ok errors { code message path } ${fieldOf(noun)} { ${fields} }`;
  const of = isMany ? `ok errors { code message path } results { id ${row} }` : row;
  return `${key}${name}(${list}) { ${of} }`;
}

/** The text of mutations that run one after the other; each with a number of its own, unless given. */
export const mutationText = (...mutations: readonly Mutation[]): string =>
  `mutation { ${mutations.map(fieldText).join(' ')} }`;

interface AnyPayload {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string }[];
  readonly results?: readonly { readonly errors: readonly { readonly code: string }[] }[];
}

/** What a mutation came to: `OK`, a code of the payload, or that of the error. */
export function outcomeOf({ data, errors = [] }: Answer, key: string): string {
  const payload = data?.[key] as AnyPayload | null | undefined;
  const own = errors.find(({ path }) => !path || path[0] === key);
  const code = own?.extensions['code'] as string | undefined;
  if (payload?.ok) return code ? `OK with ${code}` : 'OK';
  const ofRow = payload?.results?.flatMap(({ errors: of }) => of)[0];
  return payload?.errors[0]?.code ?? ofRow?.code ?? code ?? 'nothing';
}

/** A row as a payload shows it. */
export interface ChangedRow {
  readonly id: string;
  readonly version: number;
  readonly state?: string;
  readonly [field: string]: unknown;
}

export interface Outcome {
  /** `OK`, or the code of what refused it. */
  readonly came: string;
  /** The row of the payload, where the actor sees it. */
  readonly row: ChangedRow;
  readonly answer: Answer;
}

/** Requests one mutation as a person; a reason is given unless the arguments name another. */
export async function mutate(
  college: TestCollege,
  person: string | null,
  { args, ...mutation }: Mutation,
  headers: Readonly<Record<string, string>> = {},
  secondFactorAt?: Date,
): Promise<Outcome> {
  const text = mutationText({ ...mutation, args: { reason: 'a reason', ...args } });
  const answer = await college.request(person, text, { headers, secondFactorAt });
  const payload = (answer.data?.[mutation.name] ?? {}) as Record<string, ChangedRow>;
  return { came: outcomeOf(answer, mutation.name), row: payload[fieldOf(mutation.noun)]!, answer };
}

/** What a mutation refused, each with the argument that is wrong: `VALIDATION severity`. */
export function refusalsOf({ answer }: Outcome, name: string): string[] {
  const payload = answer.data?.[name] as
    | { errors: { code: string; path: string[] }[] }
    | null
    | undefined;
  return (payload?.errors ?? []).map(({ code, path }) => [code, ...path].join(' '));
}

/** The arguments that name a row as it was seen. */
export const on = ({ id, version }: ChangedRow) => ({ id, expectedVersion: version });

/** All that a change writes: the rows by number, lines of the log, published events, keys. */
export interface Traces {
  readonly rows: ReadonlyMap<string, string>;
  readonly log: number;
  readonly published: number;
  readonly keys: number;
}

export async function tracesOf(
  owner: pg.Client,
  { table, key = 'id' }: { readonly table: string; readonly key?: string },
): Promise<Traces> {
  const rows = await owner.query<{ id: string; text: string }>(
    `select t.${key} as id, md5(t::text) as text from ${table} t`,
  );
  const counts = await owner.query<Omit<Traces, 'rows'>>(
    `select (select count(*)::int from operation_log) as log,
       (select count(*)::int from outbox where topic <> 'access') as published,
       (select count(*)::int from change_key) as keys`,
  );
  const [count = { log: 0, published: 0, keys: 0 }] = counts.rows;
  return { ...count, rows: new Map(rows.rows.map(({ id, text }) => [id, text])) };
}

/** Numbers of rows that are new or not as they were. */
export const changedRows = (before: Traces, after: Traces): string[] =>
  [...after.rows].filter(([id, text]) => before.rows.get(id) !== text).map(([id]) => id);
