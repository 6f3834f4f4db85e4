/** The operations of a page of docs, as they stand there and in that order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';

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
