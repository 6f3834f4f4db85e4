/** The gateway that plans and fetches: the only place that makes one. */
import './without-telemetry.js';
import { ApolloGateway, type GraphQLDataSource, type SupergraphSdlHook } from '@apollo/gateway';
import type { Log } from '@chengxin/kit/server/log';

interface PlannerParts {
  readonly supergraphSdl: SupergraphSdlHook;
  readonly sourceOf: (office: string) => GraphQLDataSource;
  readonly log: Pick<Log, 'debug' | 'info' | 'warn' | 'error'>;
}

export const createPlanner = ({ supergraphSdl, sourceOf, log }: PlannerParts): ApolloGateway =>
  new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => sourceOf(name),
    logger: log,
    // Otherwise a header makes it print its plans, unless NODE_ENV says production.
    __exposeQueryPlanExperimental: false,
  });
