/**
 * graphql-shield over every field: deny by default, nothing cached, the archive's decision read
 * for each value. The only file that knows graphql-shield (see docs/decisions/0003).
 */
import { createRequire } from 'node:module';
import { getNamedType, isLeafType, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import type { Context } from '../call/context.js';
import { fault, isFault } from '../errors.js';
import { guardsByName, type GuardedField, type Guards } from './guards.js';
import { judgeAction, judgeOf } from './judge.js';

type Rule = object;
type RuleFunction = (
  parent: unknown,
  args: unknown,
  ctx: Context,
  info: GraphQLResolveInfo,
) => unknown;
interface Shield {
  allow: Rule;
  deny: Rule;
  rule(name: string, options: { cache: 'no_cache' }): (judge: RuleFunction) => Rule;
  shield(rules: object, options: object): unknown;
}

// graphql-shield's ESM build imports a function that Node 23 took away; its CommonJS build reads it late.
const require = createRequire(import.meta.url);
(require('node:util') as { isUndefined?: unknown }).isUndefined ??= (v: unknown) => v === undefined;
const { allow, deny, rule, shield } = require('graphql-shield') as Shield;
const { applyMiddleware } = require('graphql-middleware') as {
  applyMiddleware(schema: GraphQLSchema, middleware: unknown): GraphQLSchema;
};

/** What a rule throws would read as "not authorised"; what it answers is the error. */
const answering =
  (judge: RuleFunction): RuleFunction =>
  (...parameters) => {
    try {
      return judge(...parameters);
    } catch (error) {
      if (isFault(error)) return error;
      throw error;
    }
  };

function ruleOf({ type, field, guard }: GuardedField, guards: Guards): Rule {
  if (guard.kind !== 'group' && guard.kind !== 'action') return allow;
  const named = rule(`${type.name}.${field.name}`, { cache: 'no_cache' });
  if (guard.kind === 'action')
    return named(answering((_parent, _args, ctx) => judgeAction(guard.action, ctx)));
  const isLeaf = isLeafType(getNamedType(field.type));
  const judge = judgeOf(guards, guard, [type.name, field.name], isLeaf);
  return named(answering((parent, _args, ctx, info) => judge(parent, ctx, info)));
}

/** The schema with a rule on every field; what has no rule is denied. */
export function shieldSchema(
  schema: GraphQLSchema,
  guarded: readonly GuardedField[],
): GraphQLSchema {
  const rules: Record<string, Record<string, Rule>> = {};
  const guards = guardsByName(guarded);
  for (const one of guarded) (rules[one.type.name] ??= {})[one.field.name] = ruleOf(one, guards);
  return applyMiddleware(
    schema,
    shield(rules, {
      fallbackRule: deny,
      // Else a fault of the database would read as "not authorised".
      allowExternalErrors: true,
      fallbackError: fault('FORBIDDEN_FIELD'),
    }),
  );
}
