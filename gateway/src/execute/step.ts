import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { Cursor } from './cursor.js';
import type { Values } from '../objects.js';

export type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** What a fetch sends. */
export interface Sent {
  readonly query: string;
  readonly variables: Values;
  readonly operationName: string | undefined;
  /** Of what it fills, from the top, `@` for lists. */
  readonly path: readonly string[];
}

/** One execution of a plan. */
export interface Run {
  /** The data as far as it has come; its steps fill it. */
  readonly root: Values;
  readonly errors: GraphQLError[];
  /** As the caller sent them; offices know the defaults. */
  readonly variables: Values;
  /** Values of the variables that decide what is included, defaults in. */
  readonly isIncluded: (variable: string) => boolean;
  readonly send: (office: string, sent: Sent) => Promise<Answer>;
}

/** A part of a plan, compiled once and run for each request. */
export type Step = (run: Run, cursor: Cursor) => Promise<void>;
