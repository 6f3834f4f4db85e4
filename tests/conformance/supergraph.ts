/** What a supergraph of these tests is: subgraphs, the records they all read, and operations. */
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Answer } from './answer.js';

export type Values = Record<string, unknown>;
/** The records, as resolvers read them. */
export interface World {
  /** All records of some types, in the order of the records. */
  all(...types: string[]): Values[];
  /** The record that has these values; an interface object without records stands for any type. */
  find(type: string, key: Values): Values | undefined;
  /** What mutations have done, in order. */
  readonly done: string[];
}

export type Resolve = (source: Values, args: Values, world: World) => unknown;
export type Resolvers = Record<string, Record<string, Resolve>>;

export interface Subgraph {
  /** Without the link to federation, which every subgraph has. */
  readonly typeDefs: string;
  /** Fields that only this subgraph answers so; `__reference` of a type may refuse a key. */
  readonly resolvers?: Resolvers;
  /** Changes the answer to a fetch, or throws as a source does whose subgraph is down. */
  readonly change?: (answer: Answer, document: DocumentNode) => Answer;
}

/** An answer that differs from that of the stock gateway on purpose. */
export interface Expected {
  /** What the stock gateway does, in a line. */
  readonly why: string;
  readonly data: Values | null;
  readonly errors?: readonly Pick<GraphQLFormattedError, 'message' | 'path'>[];
}

export interface Case {
  readonly query: string;
  readonly variables?: Values;
  readonly operationName?: string;
  readonly expected?: Expected;
  /** What both gateways answer wrongly, in a line. */
  readonly fault?: string;
}

export interface ConformanceSupergraph {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, string | Subgraph>>;
  /** Records by type. Made anew for each operation, for mutations write to them. */
  readonly records: () => Record<string, readonly Values[]>;
  /** Of every subgraph and of the merged schema; any other field reads its property. */
  readonly resolvers?: Resolvers;
  /** Some subgraph fails or does not say all that the records do: one server alone answers more. */
  readonly isPartial?: true;
  readonly cases: readonly Case[];
}
