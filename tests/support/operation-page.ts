/** The operations of a page of the documentation, each as the person and with the headers that its block names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import type { TestCollege } from './college.js';

interface Step {
  readonly name: string;
  readonly who: string;
  readonly purpose: string | undefined;
  /** Whether the row of the steps before goes into `x-reference`. */
  readonly hasReference: boolean;
  readonly text: string;
}

/** A block begins with who sends it, and with which headers. */
export function stepsOf(page: string): Step[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(/```graphql\n([^`]*)```/g)].map(([, block = '']) => {
    const [who = '', ...headers] = block.slice(2, block.indexOf('\n')).split('; ');
    const [operation] = parse(block).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No operation: ${block}`);
    return {
      name: operation.name?.value ?? '',
      who,
      purpose: headers.find((one) => one.startsWith('x-purpose: '))?.slice('x-purpose: '.length),
      hasReference: headers.some((one) => one.startsWith('x-reference: ')),
      text: block,
    };
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
  for (const { name, who, purpose, hasReference, text } of stepsOf(page)) {
    const id = (row['id'] ?? row['studentNo'] ?? '') as string;
    const { data, errors } = await college.request(people.get(who) ?? '', text, {
      variables: { ...variables, key: name, id, version: row['version'] ?? 0 },
      headers: {
        ...(purpose && { 'x-purpose': purpose }),
        ...(hasReference && { 'x-reference': id }),
      },
    });
    row = rowIn(data) ?? row;
    came.push([name, errors, data ?? {}]);
  }
  return came;
}
