/**
 * What is known of a caller or was decided for him is too old to answer by. That is no refusal: a
 * retry is answered by what holds then (docs/decisions/0017).
 */
import type { GraphQLError } from 'graphql';
import { fault, type ErrorCode } from '../errors.js';

const CODE: ErrorCode = 'SUBGRAPH_UNAVAILABLE';
const RETRY_AFTER_SECONDS = 1;

/** The error of a decision that has lapsed; no other of its code says when to retry. */
export const lapsed = (): GraphQLError =>
  fault(CODE, undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });

export const isLapsed = ({ extensions = {} }: Partial<Pick<GraphQLError, 'extensions'>>): boolean =>
  extensions['code'] === CODE && extensions['retryAfterSeconds'] !== undefined;
