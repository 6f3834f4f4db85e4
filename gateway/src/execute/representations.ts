import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isObject, type Values } from '../objects.js';
import { isOfType, merge, own } from './values.js';

/** What stands for an entity in a fetch; null when the entity lacks something of it. */
export type Represent = (entity: Values) => Values | null;

type Part = (entity: Values, representation: Values) => boolean;

/** Compiles the keys and required fields of a fetch, once for its plan. */
export function compileRepresentation(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
): Represent {
  const parts = selections.map((one): Part => {
    if (one.kind === 'InlineFragment') return fragment(schema, one.typeCondition, one.selections);
    const key = one.alias ?? one.name;
    const below = one.selections && compileRepresentation(schema, one.selections);
    const represent = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(represent);
      return below && isObject(value) ? below(value) : value;
    };
    return (entity, representation) => {
      const value = own(entity, key);
      if (value === undefined) return false;
      representation[key] = below ? represent(value) : value;
      return true;
    };
  });
  return (entity) => {
    const representation: Values = {};
    for (const part of parts) if (!part(entity, representation)) return null;
    return representation;
  };
}

function fragment(
  schema: GraphQLSchema,
  condition: string | undefined,
  selections: readonly QueryPlanSelectionNode[],
): Part {
  const represent = compileRepresentation(schema, selections);
  const known = new Map<unknown, boolean>();
  const applies = (name: unknown): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = condition !== undefined && isOfType(schema, name, condition);
    known.set(name, found);
    return found;
  };
  return (entity, representation) => {
    if (!applies(entity['__typename'])) return true;
    // What lacks something of this type may still be represented by another key.
    const of = represent(entity);
    if (of) merge(representation, of);
    return true;
  };
}
