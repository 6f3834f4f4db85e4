/** One server that holds all records of a supergraph: what the specification says, without fetches. */
import { buildSchema, execute, printSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { asJson, type Answer } from './answer.js';
import type { ConformanceSupergraph, Values } from './supergraph.js';
import { makeWorld, readField } from './world.js';

export interface Monolith {
  execute(request: {
    readonly document: DocumentNode;
    readonly operationName?: string | null;
    readonly variables?: Values;
  }): Promise<Answer>;
}

/** @param apiSchema  Copied, for gateways write into the schemas that they serve. */
export function openMonolith(
  { records, resolvers }: ConformanceSupergraph,
  apiSchema: GraphQLSchema,
): Monolith {
  const schema = buildSchema(printSchema(apiSchema));
  return {
    async execute({ document, operationName, variables = {} }) {
      const answer = await execute({
        schema,
        document,
        fieldResolver: readField(resolvers),
        contextValue: makeWorld(records()),
        operationName,
        variableValues: variables,
      });
      return asJson(answer);
    },
  };
}
