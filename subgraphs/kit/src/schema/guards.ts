import {
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { actionOf } from '../action/actions.js';
import type { Guard } from './guard.js';

export interface GuardedField {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly guard: Guard;
}

/** Name of each mutation with its action. */
export const mutationsOf = (guarded: readonly GuardedField[]): ReadonlyMap<string, string> =>
  new Map(
    guarded.flatMap(({ field, guard }) =>
      guard.kind === 'action' ? [[field.name, guard.action] as const] : [],
    ),
  );

/** Guards by `Type.field`. */
export type Guards = ReadonlyMap<string, Guard>;

export const guardsByName = (guarded: readonly GuardedField[]): Guards =>
  new Map(guarded.map(({ type, field, guard }) => [`${type.name}.${field.name}`, guard]));

const guardOf = (extensions: object): Guard | undefined => (extensions as { guard?: Guard }).guard;

function effectiveGuard(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): Guard | undefined {
  const ofClass = guardOf(type.extensions);
  const ofField = guardOf(field.extensions);
  if (ofField?.kind !== 'group' || !ofField.adds) return ofField ?? ofClass;
  if (ofClass?.kind !== 'group') return undefined;
  return { kind: 'group', policies: [...ofClass.policies, ...ofField.policies] };
}

/** What is wrong with a guard, in words; nothing when it stands. */
function fault(where: string, guard: Guard | undefined, isMutation: boolean): string | undefined {
  if (!guard) return `${where} has no privacy group`;
  if (guard.kind === 'action' && !actionOf(guard.action))
    return `${where} takes the action ${guard.action}, which the action table does not have`;
  if (isMutation && guard.kind !== 'action') return `${where} is a mutation without an action`;
  if (!isMutation && guard.kind === 'action') return `${where} is no mutation but has an action`;
  return undefined;
}

/**
 * Every field of a schema with its guard.
 *
 * @throws Error naming each field or operation that has none: nothing is open because somebody forgot.
 */
export function readGuards(schema: GraphQLSchema): readonly GuardedField[] {
  const found: GuardedField[] = [];
  const faults: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const guard = effectiveGuard(type, field);
      const wrong = fault(`${type.name}.${field.name}`, guard, type === schema.getMutationType());
      if (wrong) faults.push(wrong);
      else if (guard) found.push({ type, field, guard });
    }
  }
  if (faults.length) throw new Error(`The office does not start: ${faults.join('; ')}.`);
  return found;
}
