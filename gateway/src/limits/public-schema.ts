/**
 * The part of the graph that a caller without a login may select. Where the schema is not
 * published, his requests are judged by it alone, so that his answers say nothing of the rest: a
 * field that he may not see and one that does not exist are the same to him. Source: DOMAIN 3.7(9).
 */
import { filterSchema, pruneSchema } from '@graphql-tools/utils';
import { specifiedDirectives, type GraphQLSchema } from 'graphql';
import type { Policies } from '../privacy/policies.js';
import { judge } from '../privacy/verdict.js';

const STANDARD = new Set(specifiedDirectives.map(({ name }) => name));

const PUBLIC = { role: 'PUBLIC', purpose: 'PUBLIC_INFO' } as const;

/** The schema that validates what a caller without a login requests; it is never executed. */
export function publicSchema(schema: GraphQLSchema, policies: Policies): GraphQLSchema {
  const isOpen = (type: string, field: string): boolean =>
    judge(policies, PUBLIC, type, field, false).refusals.length === 0;
  const open = filterSchema({
    schema,
    rootFieldFilter: (operation, field) => operation === 'Query' && isOpen('Query', field),
    objectFieldFilter: isOpen,
    directiveFilter: (name) => STANDARD.has(name),
  });
  return pruneSchema(open);
}
