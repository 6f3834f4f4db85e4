/** An Apollo server behind a route that gets the raw bytes. */
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { givenUpBecause } from '../database/retry.js';
import { isFault, sentence, type ErrorCode } from '../errors.js';
import { json, type HttpRequest, type HttpResponse } from '../call/http.js';
import type { Log } from './log.js';

const original = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? error.originalError : error;

/** GraphQL's own complaints about the request: they name nothing but the caller's own text. */
const REQUEST_ERRORS: ReadonlyMap<unknown, ErrorCode> = new Map<unknown, ErrorCode>([
  ['BAD_REQUEST', 'VALIDATION'],
  ['GRAPHQL_PARSE_FAILED', 'VALIDATION'],
  ['GRAPHQL_VALIDATION_FAILED', 'VALIDATION'],
  ['BAD_USER_INPUT', 'VALIDATION'],
  ['OPERATION_RESOLUTION_FAILURE', 'VALIDATION'],
  ['PERSISTED_QUERY_NOT_SUPPORTED', 'VALIDATION'],
  ['PERSISTED_QUERY_NOT_FOUND', 'OPERATION_UNKNOWN'],
]);

const MISTAKE = 400;

/** Our code for a complaint of Apollo's; some have no code and are known by their status alone. */
function codeOfComplaint(code: unknown, cause: unknown): ErrorCode | undefined {
  const known = REQUEST_ERRORS.get(code);
  if (known || !(cause instanceof GraphQLError)) return known;
  const { status } = (cause.extensions['http'] ?? {}) as { status?: unknown };
  return status === MISTAKE ? 'VALIDATION' : undefined;
}

/**
 * The only place that hides: the log gets the fault with its stack, the caller gets a code and a
 * sentence. Variables and values never stand in either.
 */
export const formatError =
  (log: Log) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = original(error);
    if (isFault(cause) || isFault(error)) {
      const { stacktrace: _, serviceName: __, ...extensions } = formatted.extensions ?? {};
      // A scalar refuses a value by our code; the complaint around it has Apollo's.
      const complaint = REQUEST_ERRORS.get(extensions['code']);
      return { ...formatted, extensions: { ...extensions, ...(complaint && { code: complaint }) } };
    }
    const code = codeOfComplaint(formatted.extensions?.['code'], cause);
    if (code) return { ...formatted, extensions: { code } };
    const path = formatted.path && { path: formatted.path };
    const reason = givenUpBecause(cause);
    if (reason) {
      log.warn({ reason }, 'a statement was given up');
      const late: ErrorCode = 'SUBGRAPH_UNAVAILABLE';
      return { message: sentence(late), ...path, extensions: { code: late } };
    }
    log.error({ err: cause }, 'fault while answering');
    return {
      message: 'Internal error.',
      ...path,
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };

/** Nothing leaves a college, whatever `APOLLO_…` stands in the environment (docs/decisions/0016). */
export const WITHOUT_REPORTS: readonly ApolloServerPlugin[] = [
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

interface ServerParts<Ctx extends object> {
  readonly schema: GraphQLSchema;
  readonly log: Log;
  readonly plugins?: ApolloServerPlugin<Ctx>[];
}

/** An office's Apollo server; it owns no signal and shows no stack. */
export const createServer = <Ctx extends object>(parts: ServerParts<Ctx>): ApolloServer<Ctx> =>
  new ApolloServer<Ctx>({
    schema: parts.schema,
    formatError: formatError(parts.log),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: false,
    persistedQueries: false,
    introspection: false,
    // Nothing here is cached; its plugin would stand around every field.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ...WITHOUT_REPORTS,
      ...(parts.plugins ?? []),
    ],
  });

/** The JSON of a body; undefined when it is none. */
export function readJson({ body }: Pick<HttpRequest, 'body'>): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Run one GraphQL request whose body was already read.
 *
 * @param body  Its JSON, for a caller who has looked at it before.
 */
export async function executeGraphql<Ctx extends object>(
  server: ApolloServer<Ctx>,
  request: HttpRequest,
  context: () => Promise<Ctx>,
  body: unknown = readJson(request),
): Promise<HttpResponse> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  if (body === undefined)
    return json(400, {
      errors: [{ message: 'The body is not JSON.', extensions: { code: 'VALIDATION' } }],
    });
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method, headers, search: request.url.search, body },
    context,
  });
  return {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.kind === 'complete' ? answer.body.string : '',
  };
}
