import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isObject, type Values } from '../objects.js';
import { isOfType, own } from './values.js';

/** Changes in place what goes to an office or came from it. */
export type Rewrite = (value: unknown) => void;

const FRAGMENT = '... on ';

const change = (rewrite: FetchDataRewrite, key: string): ((values: Values) => void) =>
  rewrite.kind === 'ValueSetter'
    ? (values) => {
        values[key] = rewrite.setValueTo;
      }
    : (values) => {
        const value = own(values, key);
        if (value === undefined) return;
        values[rewrite.renameKeyTo] = value;
        values[key] = undefined;
      };

function along(
  schema: GraphQLSchema,
  [step, ...rest]: readonly string[],
  to: (values: Values) => void,
): Rewrite {
  const next = step === undefined ? to : along(schema, rest, to);
  const into = (values: Values): void => {
    if (step === undefined) return to(values);
    if (!step.startsWith(FRAGMENT)) return next(own(values, step) as Values);
    const name = values['__typename'];
    const condition = step.slice(FRAGMENT.length);
    if (name === undefined || isOfType(schema, name, condition)) next(values);
  };
  const rewrite: Rewrite = (value) => {
    if (Array.isArray(value)) value.forEach(rewrite);
    else if (isObject(value)) into(value);
  };
  return rewrite;
}

/** Compiles the rewrites of a fetch; undefined when it has none. */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] = [],
): Rewrite | undefined {
  const steps = rewrites.flatMap((rewrite) => {
    const key = rewrite.path.at(-1);
    return key === undefined
      ? []
      : [along(schema, rewrite.path.slice(0, -1), change(rewrite, key))];
  });
  return steps.length > 0 ? (value) => steps.forEach((step) => step(value)) : undefined;
}
