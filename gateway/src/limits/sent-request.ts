/** What a request body requests, before it is parsed as GraphQL. */
import type { KnownOperations } from './known-operations.js';
import { isObject } from '../objects.js';

export interface SentRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** The text that is sent, or that of the known operation which is named by its hash. */
function queryOf({ query, extensions }: Record<string, unknown>, known: KnownOperations): unknown {
  if (query !== undefined) return query;
  const persisted = isObject(extensions) ? extensions['persistedQuery'] : undefined;
  const hash = isObject(persisted) ? persisted['sha256Hash'] : undefined;
  return typeof hash === 'string' ? known.get(hash) : undefined;
}

/** @returns undefined for what is no request: the server says so, without looking further. */
export function readSentRequest(body: unknown, known: KnownOperations): SentRequest | undefined {
  if (!isObject(body)) return undefined;
  const query = queryOf(body, known);
  const { variables, operationName } = body;
  if (typeof query !== 'string') return undefined;
  return {
    query,
    variables: isObject(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}
