/**
 * Known operations are filtered and planned before a supergraph serves, so that nobody who requests one
 * waits for it (ARCHITECTURE §6).
 */
import { isFault } from '@chengxin/kit/errors';
import { getOperationAST, validate, type DocumentNode } from 'graphql';
import type { BoundedCache } from '../bounded-cache.js';
import { filteredOf, type ReadOperation, type Rules } from './answer.js';
import type { Filtered } from './filter.js';
import type { Caller } from './verdict.js';

/** Operations that are known before anybody requests them, by the hashes of their texts, and who may. */
export interface Known {
  readonly operations: ReadonlyMap<string, DocumentNode>;
  readonly callers: readonly Caller[];
}

/** What the filter makes of one for one caller; nothing for what is refused to him as a whole. */
function filtered(
  rules: Rules,
  filters: BoundedCache<Filtered>,
  caller: Caller,
  operation: ReadOperation,
): Filtered | undefined {
  try {
    return filteredOf(rules, filters, caller, operation);
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

/**
 * @param prepare  Plans what is forwarded.
 * @returns        Hashes of those that are no operations of this supergraph.
 */
export function planKnown(
  rules: Rules,
  filters: BoundedCache<Filtered>,
  { operations, callers }: Known,
  prepare: (operation: ReadOperation) => void,
): readonly string[] {
  const unfit: string[] = [];
  for (const [queryHash, document] of operations) {
    const operation = getOperationAST(document);
    if (!operation || validate(rules.schema, document).length > 0) {
      unfit.push(queryHash);
      continue;
    }
    const read = { document, operation, queryHash };
    for (const caller of callers) {
      const found = filtered(rules, filters, caller, read);
      if (found && !found.instead?.isEmpty) prepare(found.instead ?? read);
    }
  }
  return unfit;
}
