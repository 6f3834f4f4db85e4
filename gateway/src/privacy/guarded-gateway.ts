import type { SupergraphSdlHook } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { specifyScalars } from '@chengxin/kit/schema/scalars';
import { parse, print, visit } from 'graphql';
import { boundedCache } from '../bounded-cache.js';
import { answer, type ReadOperation, type Refused, type Rules } from './answer.js';
import type { Filtered } from './filter.js';
import { planKnown, type Known } from './plan-known.js';
import { readPolicies } from './policies.js';
import { specLink } from './spec-links.js';
import type { SupergraphSource } from './supergraph-source.js';

/** A gateway that plans and fetches. */
export interface PlanningGateway extends GatewayInterface {
  /** Plans an operation before it is requested. */
  prepare(operation: ReadOperation): void;
}

export interface Guarding {
  readonly supergraph: SupergraphSource;
  /** Makes the gateway that plans and fetches, over the supergraph that it is handed. */
  readonly makeGateway: (supergraphSdl: SupergraphSdlHook) => PlanningGateway;
  readonly refused: Refused;
  /** What is filtered and planned before a supergraph serves; nothing, when nothing is said. */
  readonly known?: Known;
  /** Called with what of it a supergraph does not have. */
  readonly unfit?: (hashes: readonly string[]) => void;
  /** How many filtered operations are kept. */
  readonly keep?: number;
}

export interface GuardedGateway extends GatewayInterface {
  /** How many filtered operations are kept, and how often one was found there. */
  readonly filters: { readonly size: number; readonly hits: number; readonly misses: number };
}

/**
 * Takes off the mark for which @apollo/gateway refuses a supergraph with policies. It stays in this
 * file, so that no gateway can start without the filter; marks of other specs stay where they are.
 */
export const withoutSecurityMark = (sdl: string): string =>
  print(
    visit(parse(sdl, { noLocation: true }), {
      Directive(directive) {
        if (specLink(directive)?.spec !== 'policy') return undefined;
        const others = directive.arguments?.filter(({ name }) => name.value !== 'for') ?? [];
        return { ...directive, arguments: others };
      },
    }),
  );

/**
 * A gateway that takes out of each operation what the role can never see or do, before anything is
 * planned, and puts it back as null. This is the first decision; the second is the archive's.
 *
 * @source ARCHITECTURE §4, DOMAIN 3.1, 3.7
 */
export function guardGateway({
  supergraph,
  makeGateway,
  refused,
  known,
  unfit = () => {},
  keep = 1000,
}: Guarding): GuardedGateway {
  const filters = boundedCache<Filtered>(keep);
  let rules: Rules | null = null;

  const inner = makeGateway(async ({ update }) => {
    const end = supergraph.subscribe((sdl) => update(withoutSecurityMark(sdl)));
    const supergraphSdl = withoutSecurityMark(supergraph.current);
    return { supergraphSdl, cleanup: async () => end() };
  });
  inner.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    filters.clear();
    specifyScalars(apiSchema);
    rules = null; // All is shut, should the policies not be read.
    rules = { schema: apiSchema, policies: readPolicies(coreSupergraphSdl) };
    const missing = known ? planKnown(rules, filters, known, inner.prepare) : [];
    if (missing.length > 0) unfit(missing);
  });

  return {
    filters,
    onSchemaLoadOrUpdate: (callback) => inner.onSchemaLoadOrUpdate(callback),
    stop: () => inner.stop(),
    async load(options) {
      const { executor } = await inner.load(options);
      if (!executor) throw new Error('The inner gateway has no executor.');
      return {
        async executor(request) {
          if (!rules) throw new Error('The policies of the supergraph are not known.');
          return answer(rules, filters, request, executor, refused);
        },
      };
    },
  };
}
