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
import type { FilterCache } from './filter-cache.js';
import { filterOperation, type Filtered } from './filter.js';
import { dryRun } from './dry-run.js';
import { findingsOf, isNullAtRoot, type MaskedSelection } from './findings.js';
import type { ForwardedOperation } from './forwarded-operation.js';
import { answerAboutSchema, isAboutSchema } from './introspection.js';
import { misplacedNull } from './nulls.js';
import { restoreErrorAliases, restoreAliases } from './restore-aliases.js';
import type { Policies } from './policies.js';
import { incompleteErrors } from './incomplete.js';
import { refusalErrors } from './refusal-errors.js';
import { asEnded, renew } from './renew.js';
import { reassemble } from './reassemble.js';
import type { Originals } from './safe-aliases.js';
import { spreadUnavailable } from './unavailable.js';

/** Errors name nothing of the schema that the caller did not (DOMAIN 3.7(9)). */
const QUIET = { hideSuggestions: true };
/** Mistakes in variables are named up to so many; each describes the whole variable. */
const MOST_UNFIT = 5;

const NO_ALIASES: Originals = new Map();

/** What requests are judged by; another one when the supergraph is swapped. */
export interface Rules {
  readonly schema: GraphQLSchema;
  readonly policies: Policies;
}

/** Called with a request that is refused as a whole, before the answer leaves. */
export type Refused = (identity: Identity) => Promise<void>;

/** The request with the pruned document in the place of the client's. */
function passOn(
  request: GatewayGraphQLRequestContext,
  { document, operation, source, queryHash, variables }: ForwardedOperation,
): GatewayGraphQLRequestContext {
  const given = request.request.variables ?? {};
  const used = [...variables].filter(([, own]) => Object.hasOwn(given, own));
  return {
    ...request,
    document,
    operation,
    source,
    queryHash,
    request: {
      ...request.request,
      query: source,
      variables: Object.fromEntries(used.map(([name, own]) => [name, given[own]])),
    },
  };
}

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

/** The operation as the role may ask it for its purpose, from the cache if it stands there. */
function filteredOf(
  { schema, policies }: Rules,
  filters: FilterCache,
  { context, document, operation, queryHash }: GatewayGraphQLRequestContext,
): Filtered {
  const { role, purpose } = (context as GatewayContext).identity;
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
  filters: FilterCache,
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

  let filtered: Filtered;
  try {
    filtered = filteredOf(rules, filters, request);
  } catch (error) {
    if (isFault(error)) return { errors: [error] };
    throw error;
  }
  const { instead } = filtered;
  const context = request.context as GatewayContext;
  const { role } = context.identity;
  if (context.dryRun)
    return {
      data: null,
      extensions: { dryRun: dryRun(rules.policies, filtered, variables, role) },
    };
  const found = findingsOf(filtered, variables, role);
  const { groups, leaves, deniedAtGateway, masked } = found;
  const isMute = instead?.isEmpty || isNullAtRoot(filtered, variables);
  context.identity = withOperation(context.identity, {
    groups: isMute ? [] : groups,
    leaves,
    deniedAtGateway,
    name: request.operation.name?.value,
  });
  if (isMute) {
    const refusals = refusalErrors(filtered, variables);
    const nothing = answerOf(reassemble(filtered, {}, variables), refusals);
    return refuseWhole(refused, context, nothing);
  }

  if (isAboutSchema(filtered)) return answerAboutSchema(schema, request);
  const result = await execute(instead ? passOn(request, instead) : request);
  const aliases = instead?.aliases ?? NO_ALIASES;
  const data = restoreAliases(result.data, aliases);
  let failed = [...(result.errors ?? []), ...incompleteErrors(result)];
  if (failed.some(isLapsed) && !filtered.isMutation) {
    const renewal = await renew(context);
    if (renewal === 'RENEWED') return answer(rules, filters, request, execute, refused);
    if (renewal === 'ENDED') failed = failed.map(asEnded);
  }
  const named = failed.map((error) => restoreErrorAliases(error, aliases));
  const isWhole = !filtered.reassembled.has(filtered.root);
  const shown = isWhole || !data ? data : reassemble(filtered, data, variables);
  const reported = spreadUnavailable(named, filtered, variables, { data, shown });
  if (data === undefined) return answerOf(data, reported);
  const refusals = isWhole ? [] : refusalErrors(filtered, variables, { data, shown });
  return answerOf(shown, [...reported, ...refusals], masked);
}
