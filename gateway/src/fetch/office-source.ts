/** How the planner's fetches reach an office: an own data source, signed over the exact bytes. */
import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { Identity } from '@chengxin/kit/call/identity';
import { fault, type ErrorCode } from '@chengxin/kit/errors';
import { extensionsWith, ruledTextsOf } from '@chengxin/kit/privacy/ruled-texts';
import type { Log } from '@chengxin/kit/server/log';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.js';
import { isObject } from '../objects.js';
import { keysOf } from '../privacy/places.js';
import { isUnrecorded, readAnswer, type Answer } from './office-answer.js';
import { withLapsedFields } from './lapsed-fields.js';
import { responseKeys } from './response-keys.js';
import { OfficeDown, wasCutOff, type OfficeCaller, type SignedAnswer } from './signed-post.js';

type Options = GraphQLDataSourceProcessOptions<GatewayContext & Record<string, unknown>>;

const OK = 200;
/** From, and before. */
const AGAIN_AFTER_MS = [20, 120] as const;

/** Path of the fetch in the incoming operation; list positions are not known here. */
function pathOf(options: Options): string[] {
  if (options.kind !== 'incoming operation') return [];
  return (options.pathInIncomingRequest ?? []).filter((part) => typeof part === 'string');
}

/** A fetch that brings the archive's decision along, for other offices. */
const DECIDES = /\baccess\b/;

/** The archive learns what is selected of those whom it decides on, since it writes that down. */
function withSelection(
  identity: Identity,
  groups: GatewayContext['studentGroups'],
  options: Options,
  query: string,
): Identity {
  if (!groups || !DECIDES.test(query)) return identity;
  return { ...identity, selection: { at: keysOf(pathOf(options)).join('.'), groups } };
}

/** Texts of the decisions that these entities bring along, and of no others: each names students. */
function ruledFor(
  { ruled }: Partial<GatewayContext>,
  variables: Readonly<Record<string, unknown>> | undefined,
) {
  const entities = variables?.['representations'];
  if (!ruled?.size || !Array.isArray(entities)) return {};
  const named = new Set(entities.map((one: unknown) => isObject(one) && one['access']));
  return extensionsWith(new Map([...ruled].filter(([name]) => named.has(name))));
}

function keepRuled({ ruled }: Partial<GatewayContext>, answer: Answer): Answer {
  for (const [name, text] of ruledTextsOf(answer)) ruled?.set(name, text);
  return answer;
}

const isMutation = (query: string): boolean => query.startsWith('mutation');

/** A connection that was cut is tried once more, after a while that is never the same for all. */
async function twice(send: () => Promise<SignedAnswer>): Promise<SignedAnswer> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof OfficeDown) || !wasCutOff(error)) throw error;
    await setTimeout(randomInt(...AGAIN_AFTER_MS));
    return send();
  }
}

/** A data source of one office. An office that does not answer is said for each field it was to fill. */
export function officeSource(office: string, caller: OfficeCaller, log: Log): GraphQLDataSource {
  const unavailable = (options: Options, query: string, code: ErrorCode): GraphQLError => {
    const { message, extensions } = fault(code);
    return new GraphQLError(message, {
      path: pathOf(options),
      extensions: { ...extensions, fields: responseKeys(query) },
    });
  };
  return {
    async process(given) {
      const options = given as Options;
      const { query = '', variables } = options.request;
      const context = (options.context ?? {}) as Partial<GatewayContext>;
      if (!context.identity) throw fault('UNAUTHENTICATED');
      const identity = withSelection(context.identity, context.studentGroups, options, query);
      const beside = ruledFor(context, variables);
      const body = JSON.stringify({ query, variables: variables ?? {}, ...beside });
      let code: ErrorCode = 'SUBGRAPH_UNAVAILABLE';
      try {
        const send = () => caller.post(office, '/graphql', body, identity);
        const { status, text } = await (isMutation(query) ? send() : twice(send));
        if (status === OK)
          return withLapsedFields(keepRuled(context, readAnswer(text, variables ?? {})), query);
        if (isUnrecorded(status, text)) code = 'AUDIT_UNAVAILABLE';
        log.error({ office, status, requestId: identity.requestId }, 'office refused a call');
      } catch (error) {
        log.error({ office, err: error, requestId: identity.requestId }, 'office does not answer');
      }
      throw unavailable(options, query, code);
    },
  };
}
