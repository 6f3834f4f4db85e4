import { isLapsed } from '@chengxin/kit/call/lapsed';
import type { GraphQLFormattedError } from 'graphql';
import type { Answer } from './office-answer.js';
import { responseKeys } from './response-keys.js';

/** `_entities`, and its place there: all that was selected of it is null. */
const ENTITY_PATH_LENGTH = 2;

/**
 * An answer whose entities that lapsed say which response keys they were to fill, as a fetch does
 * that fails as a whole.
 */
export function withLapsedFields(answer: Answer, query: string): Answer {
  const { errors } = answer;
  const isWhole = ({ path, extensions = {} }: GraphQLFormattedError): boolean =>
    path?.[0] === '_entities' && path.length === ENTITY_PATH_LENGTH && isLapsed({ extensions });
  if (!errors?.some(isWhole)) return answer;
  const fields = responseKeys(query);
  const named = (error: GraphQLFormattedError) =>
    isWhole(error) ? { ...error, extensions: { ...error.extensions, fields } } : error;
  return { ...answer, errors: errors.map(named) };
}
