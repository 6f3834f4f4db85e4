/** Whether what an office sent is an answer at all: what is not must never read as "there is none". */
import type { GraphQLDataSource } from '@apollo/gateway';
import { isObject } from '../objects.js';

export type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;
type Variables = Readonly<Record<string, unknown>>;

const isError = (value: unknown): boolean =>
  isObject(value) && typeof value['message'] === 'string';

/** Entities come one for one; fewer would be given to the wrong students. */
const isWhole = (data: Record<string, unknown>, { representations }: Variables): boolean => {
  if (!Array.isArray(representations)) return true;
  const entities = data['_entities'];
  return Array.isArray(entities) && entities.length === representations.length;
};

/**
 * Read the body of an office's answer.
 *
 * @throws Error when it is none: no JSON, neither data nor an error that says where it stands, or
 *         not as many entities as were requested.
 */
export function readAnswer(text: string, variables: Variables): Answer {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error('The answer is not an object.');
  const { data, errors = [] } = value;
  if (!Array.isArray(errors) || !errors.every(isError))
    throw new Error('The errors are not a list.');
  if (isObject(data)) {
    if (!isWhole(data, variables))
      throw new Error('The entities are not those that were requested.');
    return value as Answer;
  }
  const isPlaced = errors.length > 0 && errors.every(({ path }) => Array.isArray(path));
  if (!isPlaced) throw new Error('The answer has no data.');
  return value as Answer;
}

const UNAVAILABLE = 503;

/** Whether an office kept its answer back because it could not write down what it shows (INV-12). */
export function isUnrecorded(status: number, text: string): boolean {
  if (status !== UNAVAILABLE) return false;
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] };
    return errors?.[0]?.extensions?.code === 'AUDIT_UNAVAILABLE';
  } catch {
    return false;
  }
}
