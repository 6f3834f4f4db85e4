/** The operations of a page of the documentation, each as the person and with the headers that its block names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import type { TestCollege } from './college.js';

export interface Step {
  readonly name: string;
  /** Who sends it, in the words of the page. */
  readonly who: string;
  /** `x-purpose: APPEAL`, as the page writes them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** A block begins with who sends it, and with which headers: `# student; x-purpose: APPEAL`. */
export function stepsOf(page: string): readonly Step[] {
  const source = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  return [...source.matchAll(/```graphql\n([^`]*)```/g)].map(([, text = '']) => {
    const [who = '', ...named] = text.slice(2, text.indexOf('\n')).split('; ');
    const [operation] = parse(text).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No operation: ${text}`);
    const headers = new Map(named.map((one) => one.split(': ') as [string, string]));
    return { name: operation.name?.value ?? '', who, headers, text };
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** The first object of an answer that has a version: the row that the next step names. */
function rowIn(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('version' in value) return value as Fields;
  return Object.values(value)
    .map((inner) => rowIn(inner))
    .find(Boolean);
}

/**
 * Runs the steps one after the other.
 *
 * @param people     Who a block means by its first words.
 * @param variables  Beside `key`, `id` and `version`, which follow the rows.
 * @returns          What each step answered.
 */
export async function walk(
  college: TestCollege,
  page: string,
  people: ReadonlyMap<string, string>,
  variables: Readonly<Record<string, string>> = {},
): Promise<(readonly [name: string, errors: unknown, data: Fields])[]> {
  const came: (readonly [string, unknown, Fields])[] = [];
  let row: Fields = {};
  for (const { name, who, headers, text } of stepsOf(page)) {
    const purpose = headers.get('x-purpose');
    const id = (row['id'] ?? row['studentNo'] ?? '') as string;
    const { data, errors } = await college.request(people.get(who) ?? '', text, {
      variables: { ...variables, key: name, id, version: row['version'] ?? 0 },
      headers: {
        ...(purpose && { 'x-purpose': purpose }),
        ...(headers.has('x-reference') && { 'x-reference': id }),
      },
    });
    row = rowIn(data) ?? row;
    came.push([name, errors, data ?? {}]);
  }
  return came;
}
