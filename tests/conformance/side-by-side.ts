/** Answers of this project's gateway, of the stock gateway, and of one server alone. */
import { parse, validate, type GraphQLSchema } from 'graphql';
import { asJson, type Answer } from './answer.js';
import { openMonolith } from './monolith.js';
import { openGateway } from './ours.js';
import { openStock } from './stock.js';
import { openSubgraphs } from './subgraphs.js';
import type { ConformanceSupergraph, Values } from './supergraph.js';

export interface Request {
  readonly query: string;
  readonly variables?: Values;
  readonly operationName?: string;
}

export interface Answers {
  readonly ours: Answer;
  readonly stock: Answer;
  /** What the specification says, where the subgraphs say all that the records do. */
  readonly monolith: Answer;
}

export interface SideBySide {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  answers(request: Request): Promise<Answers>;
  stop(): Promise<void>;
}

/** Opens the gateways over the same subgraphs, whose records are as at first for each operation. */
export async function openSideBySide(supergraph: ConformanceSupergraph): Promise<SideBySide> {
  const subgraphs = openSubgraphs(supergraph);
  const [ours, stock] = [await openGateway(subgraphs), await openStock(subgraphs)];
  const monolith = openMonolith(supergraph, stock.schema);
  return {
    schema: ours.schema,
    async answers({ query, ...given }) {
      const request = { document: parse(query), ...given };
      const invalid = validate(ours.schema, request.document);
      if (invalid.length > 0) throw new Error(invalid.join(' '));
      subgraphs.reset();
      const answer = await ours.execute(request);
      subgraphs.reset();
      const expected = await stock.execute(request);
      return {
        ours: asJson(answer),
        stock: asJson(expected),
        monolith: await monolith.execute(request),
      };
    },
    async stop() {
      await ours.stop();
      await stock.stop();
    },
  };
}
