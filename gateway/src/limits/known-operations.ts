import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import { parse, print, type DocumentNode } from 'graphql';

/** The operations that the outside and the evaluators may request, each in a file of its own. */
export const OPERATIONS_FOLDER = join(import.meta.dirname, '../../operations');

/** What becomes of an operation that is not known: nothing, a line in the log, or it is refused. */
export const LEVELS = ['off', 'log', 'only'] as const;
export type Level = (typeof LEVELS)[number];

/** Roles that request known operations alone where the schema is not published (DOMAIN 3.7(9)). */
const BOUND_ROLES: readonly Role[] = [
  'EV_AWARD',
  'EV_PARTY',
  'EV_AID',
  'EV_EMPLOY',
  'EMPLOYER_TOKEN',
  'REPORT_SVC',
];
const BOUND: ReadonlySet<Role> = new Set(BOUND_ROLES);

/** Every purpose for which a bound role requests known operations. */
export const boundCallers = (): { role: Role; purpose: string }[] =>
  BOUND_ROLES.flatMap((role) => purposesOf(role).map(({ name: purpose }) => ({ role, purpose })));

/** Level of each role: that of the deployment, and nothing weaker than `only` for those who are bound. */
export const levelsOf =
  (deployment: Level, introspection: boolean) =>
  (role: Role): Level =>
    !introspection && BOUND.has(role) ? 'only' : deployment;

const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Name of a document, whatever its spaces, commas and comments. */
export const hashOf = (document: DocumentNode): string => hashOfText(print(document));

/** Texts of the known operations by hash: of each file as it stands, and as `hashOf` has it. */
export type KnownOperations = ReadonlyMap<string, string>;

function readOperation(folder: string, name: string): [hash: string, text: string][] {
  const text = readFileSync(join(folder, name), 'utf8');
  try {
    const printed = print(parse(text, { noLocation: true }));
    return [text, printed].map((one) => [hashOfText(one), one]);
  } catch (cause) {
    throw new Error(`${join(folder, name)} is no operation.`, { cause });
  }
}

/**
 * All operations of a folder.
 *
 * @throws Error naming what cannot be read.
 */
export function readKnownOperations(folder: string): KnownOperations {
  if (!existsSync(folder)) throw new Error(`OPERATIONS_FOLDER: there is no ${folder}.`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return new Map(names.flatMap((name) => readOperation(folder, name)));
}

/** The known operations, read, by the hashes of their texts. */
export const knownDocuments = (known: KnownOperations): Map<string, DocumentNode> =>
  new Map([...known].map(([hash, text]) => [hash, parse(text)]));

/** What Apollo puts before a hash when it looks it up. */
const PREFIX = /^apq:/;

/**
 * What is requested by hash alone (`extensions.persistedQuery`) is looked up among the known
 * operations, and what else clients send with its hash is not added to them.
 */
export const requestedByHash = (known: KnownOperations) => ({
  get: async (key: string) => known.get(key.replace(PREFIX, '')),
  set: async () => {},
  delete: async () => false,
});
