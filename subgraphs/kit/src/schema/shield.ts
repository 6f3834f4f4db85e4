/**
 * graphql-shield over every field: deny by default, nothing cached, the archive's decision read
 * for each value. The only file that knows graphql-shield (see docs/decisions/0003).
 */
import { createRequire } from 'node:module';
import type { GraphQLError, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { Context } from '../call/context.js';
import { noteBelow } from '../disclosure/below.js';
import { fault, isFault } from '../errors.js';
import { mayAct } from '../action/actions.js';
import { forbiddenOf } from '../action/forbidden.js';
import type { GroupGuard, Guard } from './guard.js';
import { guardsByName, type GuardedField, type Guards } from './guards.js';
import { isAboutStudent } from '../privacy/groups.js';
import { cell, isOpen } from '../privacy/matrix.js';
import { refusalOf, shutByTables, extensionsOf, type Refusal } from '../privacy/verdict.js';

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

const refuse = (refusal: Refusal): GraphQLError =>
  fault(refusal.code, undefined, extensionsOf(refusal));

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation']);

/** The student whom the object is about: every guarded class has the number. */
const studentOf = (parent: unknown): string | undefined =>
  (parent as { studentNo?: string } | undefined)?.studentNo;

/** An entrance of the office's own people is refused to everybody else, and that is noted. */
function judgeEntrance({ own, policies }: GroupGuard, ctx: Context) {
  const [first] = policies;
  if (!own || ctx.isOwn || !first) return true;
  ctx.disclosures.refused(policies);
  return refuse(refusalOf(ctx.identity.role, first));
}

/** Read one field: the role first, as the gateway did, then the decision on this student. */
function judgeGroup(
  guards: Guards,
  guard: GroupGuard,
  parent: unknown,
  ctx: Context,
  info: GraphQLResolveInfo,
) {
  const { role } = ctx.identity;
  const type = info.parentType.name;
  const studentNo = studentOf(parent);
  const refused = shutByTables(role, guard.policies, [type, info.fieldName]);
  if (refused) {
    ctx.disclosures.record(studentNo, refused.policy, 'DENY');
    return refuse(refused.refusal);
  }
  if (ROOTS.has(type)) return ctx.overdue ?? judgeEntrance(guard, ctx);
  const effects = guard.policies.map((policy) => {
    if (!isAboutStudent(policy)) return cell(role, policy).effect;
    const { effect } = ctx.ruling(policy, studentNo);
    ctx.disclosures.record(studentNo, policy, effect);
    return effect;
  });
  const shut = guard.policies[effects.findIndex((effect) => !isOpen(effect))];
  if (shut) return refuse(refusalOf(role, shut));
  if (studentNo !== undefined) noteBelow(guards, studentNo, ctx, info);
  return true;
}

function judgeAction(action: string, ctx: Context) {
  const { role } = ctx.identity;
  const { overdue } = ctx;
  if (overdue) return overdue;
  if (mayAct(role, action)) return true;
  return refuse(forbiddenOf(role, action));
}

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

function ruleOf(guard: Guard, guards: Guards, made: Map<Guard, Rule>): Rule {
  if (guard.kind !== 'group' && guard.kind !== 'action') return allow;
  const known = made.get(guard);
  if (known) return known;
  const judge: RuleFunction =
    guard.kind === 'action'
      ? (_parent, _args, ctx) => judgeAction(guard.action, ctx)
      : (parent, _args, ctx, info) => judgeGroup(guards, guard, parent, ctx, info);
  const judged = rule(`rule ${made.size}`, { cache: 'no_cache' })(answering(judge));
  made.set(guard, judged);
  return judged;
}

/** The schema with a rule on every field; what has no rule is denied. */
export function shieldSchema(
  schema: GraphQLSchema,
  guarded: readonly GuardedField[],
): GraphQLSchema {
  const rules: Record<string, Record<string, Rule>> = {};
  const made = new Map<Guard, Rule>();
  const guards = guardsByName(guarded);
  for (const { type, field, guard } of guarded)
    (rules[type.name] ??= {})[field.name] = ruleOf(guard, guards, made);
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
