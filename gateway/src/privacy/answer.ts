import type {
  GatewayExecutionResult,
  GatewayExecutor,
  GatewayGraphQLRequestContext,
} from '@apollo/server-gateway-interface';
import { isFault } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import { isLapsed } from '@chengxin/kit/call/lapsed';
import { getVariableValues, validate, type GraphQLError, type GraphQLSchema } from 'graphql';
import { withOperation, type GatewayContext } from '../context.js';
import type { BoundedCache } from '../bounded-cache.js';
import { filterOperation, type Filtered } from './filter.js';
import { dryRun } from './dry-run.js';
import { findingsOf, isNullAtRoot, type MaskedSelection } from './findings.js';
import { aboutSchemaOf, isAllAboutSchema } from './introspection.js';
import { misplacedNull } from './nulls.js';
import { passOn } from './pass-on.js';
import type { Policies } from './policies.js';
import { incompleteErrors } from './incomplete.js';
import { refusalErrors } from './refusal-errors.js';
import { asEnded, renew } from './renew.js';
import { spreadUnavailable } from './unavailable.js';
import type { Caller } from './verdict.js';

/** Errors name nothing of the schema that the caller did not (DOMAIN 3.7(9)). */
const QUIET = { hideSuggestions: true };
/** Mistakes in variables are named up to so many; each describes the whole variable. */
const MOST_UNFIT = 5;

/** What requests are judged by; another one when the supergraph is swapped. */
export interface Rules {
  readonly schema: GraphQLSchema;
  readonly policies: Policies;
}

/** An operation whose text has been read, under the hash of that text. */
export type ReadOperation = Pick<
  GatewayGraphQLRequestContext,
  'document' | 'operation' | 'queryHash'
>;

/** Called with a request that is refused as a whole, before the answer leaves. */
export type Refused = (identity: Identity) => Promise<void>;

/** An answer, and beside it which of its values are masked (docs/decisions/0011); nothing else. */
const answerOf = (
  data: GatewayExecutionResult['data'],
  errors: readonly GraphQLError[],
  masked: readonly MaskedSelection[] = [],
): GatewayExecutionResult => ({
  ...(data !== undefined && { data }),
  ...(errors.length > 0 && { errors }),
  ...(masked.length > 0 && { extensions: { masked } }),
});

/** The operation as a role may request it for its purpose, from the cache if it stands there. */
export function filteredOf(
  { schema, policies }: Rules,
  filters: BoundedCache<Filtered>,
  { role, purpose }: Caller,
  { document, operation, queryHash }: ReadOperation,
): Filtered {
  const caller = { role, purpose };
  return filters.get(`${role} ${purpose} ${queryHash} ${operation.name?.value ?? ''}`, () =>
    filterOperation({ schema, policies, caller, document, operation }),
  );
}

/** An answer with nothing in it, once it is written down that it was requested (DOMAIN 3.7(11)). */
async function refuseWhole(
  refused: Refused,
  { identity }: GatewayContext,
  nothing: GatewayExecutionResult,
): Promise<GatewayExecutionResult> {
  try {
    await refused(identity);
    return nothing;
  } catch (error) {
    if (isFault(error)) return { errors: [error] };
    throw error;
  }
}

/**
 * Answers a request without what its role can never see or do: the rest is executed, what is
 * refused is null with an error. The context learns which groups were selected and which were denied at the gateway.
 * A query for which an office had too little time is executed once more.
 */
export async function answer(
  rules: Rules,
  filters: BoundedCache<Filtered>,
  request: GatewayGraphQLRequestContext,
  execute: GatewayExecutor,
  refused: Refused,
): Promise<GatewayExecutionResult> {
  const { schema } = rules;
  // The supergraph may have been swapped after the document was validated.
  const invalid =
    request.schema === schema ? [] : validate(schema, request.document, undefined, QUIET);
  if (invalid.length > 0) return { errors: invalid };
  const { coerced: variables, errors: unfit } = getVariableValues(
    schema,
    request.operation.variableDefinitions ?? [],
    request.request.variables ?? {},
    { ...QUIET, maxErrors: MOST_UNFIT },
  );
  // The last one would say that there are more.
  if (unfit) return { errors: unfit.slice(0, MOST_UNFIT) };
  const misplaced = misplacedNull(schema, request, variables);
  if (misplaced) return { errors: [misplaced] };

  const context = request.context as GatewayContext;
  let filtered: Filtered;
  try {
    filtered = filteredOf(rules, filters, context.identity, request);
  } catch (error) {
    if (isFault(error)) return { errors: [error] };
    throw error;
  }
  const { instead } = filtered;
  const { role } = context.identity;
  if (context.dryRun)
    return {
      data: null,
      extensions: { dryRun: dryRun(rules.policies, filtered, variables, role) },
    };
  const found = findingsOf(filtered, variables, role);
  const { groups, leaves, deniedAtGateway, masked } = found;
  const { complete, studentGroups } = filtered.included(variables);
  const aboutSchema = aboutSchemaOf(schema, request, filtered);
  const isAboutSchema = isAllAboutSchema(filtered);
  const isMute = instead?.isEmpty || isNullAtRoot(filtered, variables);
  context.identity = withOperation(context.identity, {
    groups: isMute ? [] : groups,
    leaves,
    deniedAtGateway,
    name: request.operation.name?.value,
  });
  if (studentGroups) context.studentGroups = studentGroups;
  if (isMute) {
    const completed = complete({}, aboutSchema);
    const nothing = answerOf(completed.shown, refusalErrors(filtered, variables, completed));
    return isAboutSchema ? nothing : refuseWhole(refused, context, nothing);
  }

  const { data, errors = [] } = await execute(instead ? passOn(request, instead) : request);
  if (!data) return answerOf(data, errors);
  const completed = complete(data, aboutSchema);
  const { shown } = completed;
  let failed = errors;
  if (failed.some(isLapsed) && !filtered.isMutation) {
    const renewal = await renew(context);
    if (renewal === 'RENEWED') return answer(rules, filters, request, execute, refused);
    if (renewal === 'ENDED') failed = failed.map(asEnded);
  }
  // Where a fetch has failed, that says why something is missing.
  const reported =
    failed.length > 0
      ? spreadUnavailable(failed, filtered, variables, { data, shown })
      : incompleteErrors(completed.incomplete);
  const refusals = refusalErrors(filtered, variables, completed);
  return answerOf(shown, [...reported, ...refusals], masked);
}
