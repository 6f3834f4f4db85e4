import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@chengxin/kit/privacy/roles';
import { parse, print, type DocumentNode } from 'graphql';

/** The operations that the outside and the evaluators may ask, each in a file of its own. */
export const OPERATIONS_FOLDER = join(import.meta.dirname, '../../operations');

/** What becomes of an operation that is not known: nothing, a line in the log, or it is refused. */
export const LEVELS = ['off', 'log', 'only'] as const;
export type Level = (typeof LEVELS)[number];

/** Roles that ask known operations alone where the schema is not told (DOMAIN 3.7(9)). */
const BOUND: ReadonlySet<Role> = new Set<Role>([
  'EV_AWARD',
  'EV_PARTY',
  'EV_AID',
  'EV_EMPLOY',
  'EMPLOYER_TOKEN',
  'REPORT_SVC',
]);

/** Level of each role: that of the deployment, and nothing weaker than `only` for those who are bound. */
export const levelsOf =
  (deployment: Level, introspection: boolean) =>
  (role: Role): Level =>
    !introspection && BOUND.has(role) ? 'only' : deployment;

/** Name of a document, whatever its spaces, commas and comments. */
export const hashOf = (document: DocumentNode): string =>
  createHash('sha256').update(print(document)).digest('hex');

/** Hashes of all documents of a folder. */
export function readKnownOperations(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return new Set(
    files.map((name) =>
      hashOf(parse(readFileSync(join(folder, name), 'utf8'), { noLocation: true })),
    ),
  );
}
