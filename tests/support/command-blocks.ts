/** The code blocks of a documentation page that a test runs: those whose fence names more than a language. */
import { readFileSync } from 'node:fs';

export interface Block {
  /** `sh run`, `sh serve`, `sh settings`, `graphql ask T0401` */
  readonly kind: string;
  readonly text: string;
}

/** These blocks of a page, in order. */
export function commandBlocks(file: string): Block[] {
  const fences = readFileSync(file, 'utf8').matchAll(/^```(\w+ \S.*)\n([\s\S]*?)^```$/gm);
  return [...fences].map(([, kind = '', text = '']) => ({ kind, text }));
}
