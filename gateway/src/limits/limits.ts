/** What is refused of a request before anything is done for it (DOMAIN 3.7(9), (10)). */
import { fault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import type { Role } from '@chengxin/kit/privacy/roles';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
} from 'graphql';
import { boundedCache, type BoundedCache } from '../bounded-cache.js';
import { NAME_AT_MOST } from '../context.js';
import { costsOf } from './cost.rules.js';
import { fragmentsOf, sizesOf } from './document.rules.js';
import { hashOf, type KnownOperations, type Level } from './known-operations.js';
import { studentsNamed } from './named-students.rules.js';
import { REQUEST_LIMITS, type LimitName } from './request-limits.js';
import { scan } from './scan.rules.js';
import type { SchemaView } from './schema-view.js';
import { readSentRequest, type SentRequest } from './sent-request.js';
import { nulIn } from './text.rules.js';
import { sizesOfVariables } from './variables.rules.js';

export interface LimitParts {
  readonly known: KnownOperations;
  readonly levelOf: (role: Role) => Level;
  readonly view: () => SchemaView;
  readonly texts: BoundedCache<ReadText>;
  /** Limits that are only logged. */
  readonly warnOnly: ReadonlySet<LimitName>;
  readonly log: Log;
}

/** Roles without a login. */
const ANONYMOUS: ReadonlySet<Role> = new Set<Role>(['PUBLIC', 'EMPLOYER_TOKEN']);

/** @throws the code of the first limit that is exceeded, with its name. */
function checkSizes(
  { warnOnly, log }: LimitParts,
  role: Role,
  sizes: Partial<Record<LimitName, number>>,
): void {
  for (const [name, size] of Object.entries(sizes)) {
    const limit = name as LimitName;
    const { code, anonymous, loggedIn } = REQUEST_LIMITS[limit];
    const most = ANONYMOUS.has(role) ? anonymous : loggedIn;
    if (size <= most) continue;
    if (!warnOnly.has(limit)) throw fault(code, `${limit}: ${size} > ${most}.`, { limit });
    log.warn({ role, code, limit, size, most }, 'a limit is exceeded');
  }
}

/** What is read of a text alone; none of a document where it is none. */
export interface ReadText {
  readonly document: DocumentNode | undefined;
  /** Sizes that no variable changes. */
  readonly sizes: Partial<Record<LimitName, number>>;
}

/** Texts that are remembered at most; what a client sends again and again is read once. */
const TEXTS_AT_MOST = 500;
export const rememberedTexts = (): BoundedCache<ReadText> => boundedCache(TEXTS_AT_MOST);

/** No document is the parser's to say once more, to the caller. */
function parsed(query: string): ReadText {
  try {
    const document = parse(query);
    return { document, sizes: sizesOf(document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: undefined, sizes: {} };
    throw error;
  }
}

function checkKnown(
  { known, levelOf, log }: LimitParts,
  role: Role,
  document: DocumentNode,
  operationName: string | undefined,
): void {
  const level = levelOf(role);
  if (level === 'off') return;
  const hash = hashOf(document);
  if (known.has(hash)) return;
  if (level === 'only') throw fault('OPERATION_UNKNOWN');
  // Its name and hash, never its variables (DOMAIN 3.7(8)).
  const name = getOperationAST(document, operationName)?.name?.value.slice(0, NAME_AT_MOST);
  log.info({ role, name, hash }, 'an operation is not known');
}

const PUBLIC_RULES = [...specifiedRules, NoSchemaIntrospectionCustomRule];
/** One mistake is as good as a hundred, and none is described. */
const BRIEFLY = { maxErrors: 1, hideSuggestions: true };

/** A caller without a login is judged by the public schema; his error names nothing. */
function checkPublic({ open }: SchemaView, role: Role, document: DocumentNode): void {
  if (!open || role !== 'PUBLIC') return;
  const isUnknown = document.definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && !open.getRootType(one.operation),
  );
  if (isUnknown || validate(open, document, PUBLIC_RULES, BRIEFLY).length > 0)
    throw fault('VALIDATION');
}

function checkCost(
  parts: LimitParts,
  role: Role,
  document: DocumentNode,
  { variables, operationName }: SentRequest,
): void {
  const operation = getOperationAST(document, operationName);
  // What names no operation is refused as such.
  if (!operation) return;
  const { schema, open, offices } = parts.view();
  const { byOffice, calls } = costsOf({
    schema: role === 'PUBLIC' ? (open ?? schema) : schema,
    offices,
    operation,
    fragments: fragmentsOf(document),
    variables,
  });
  const all = [...byOffice.values()].map(Math.ceil);
  checkSizes(parts, role, {
    calls,
    officeCost: Math.max(0, ...all),
    cost: all.reduce((sum, one) => sum + one, 0),
  });
}

/**
 * Refuses what is too large, too deep, too costly, not known or no text, in time that is linear in
 * what was sent, before anything is validated or planned.
 *
 * @throws BODY_TOO_LARGE, QUERY_TOO_DEEP, QUERY_TOO_COSTLY with the name of the limit,
 *         OPERATION_UNKNOWN, VALIDATION.
 */
export function checkRequest(parts: LimitParts, role: Role, body: unknown): void {
  try {
    checkAll(parts, role, body);
  } catch (error) {
    // The stack ends before a limit that is only logged.
    if (error instanceof RangeError)
      throw fault('QUERY_TOO_DEEP', 'nesting.', { limit: 'nesting' });
    throw error;
  }
}

function checkAll(parts: LimitParts, role: Role, body: unknown): void {
  const sent = readSentRequest(body, parts.known);
  if (!sent) return;
  const { query, variables, operationName } = sent;
  checkSizes(parts, role, { queryLength: query.length, ...sizesOfVariables(variables) });
  checkSizes(parts, role, { ...scan(query) });
  const { document, sizes } = parts.texts.get(query, () => parsed(query));
  if (!document) return;
  checkSizes(parts, role, { ...sizes, students: studentsNamed(document, variables) });
  checkKnown(parts, role, document, operationName);
  const nul = nulIn(document, variables);
  if (nul) throw fault('VALIDATION', `${nul}: U+0000.`);
  checkCost(parts, role, document, sent);
  checkPublic(parts.view(), role, document);
}
