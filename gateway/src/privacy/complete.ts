/**
 * Completes what the offices sent to the answer that the caller selected, in one walk: each object
 * by its runtime type, in document order, under the caller's own response keys; a refused field is
 * null, and what cannot be null makes the nearest parent null that can be (docs/decisions/0049).
 */
import {
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { isObject, PROTOTYPE, type Values } from '../objects.js';
import { possibleTypes } from './collect-fields.js';
import { holds, type Variables } from './conditions.js';
import type { Pruned } from './prune.js';
import type { Path } from './places.js';
import type { SelectedField, SelectedObject } from './selection-tree.js';

/** Stands for what cannot be null and yet is: what holds it becomes null instead. */
const NULLS_PARENT = Symbol('null of a non-null field');

/** One completion: where it stands, and what it found missing. */
interface Walk {
  readonly path: (string | number)[];
  /** Where an office had to give a value by the schema and did not. */
  readonly incomplete: Path[];
  /** Runtime types of the objects that are shown and could be of several. */
  readonly types: WeakMap<object, string>;
  readonly aboutSchema: (key: string) => unknown;
}

/**
 * @param isExpected  It was requested of an office, so that a null where none may be is its fault.
 */
type Complete = (value: unknown, walk: Walk, isExpected: boolean) => unknown;

/** The fields of one response key on one runtime type: they agree in all but what is below. */
interface Entry {
  readonly key: string;
  readonly complete: (values: Values, walk: Walk) => unknown;
}

export interface Completed {
  readonly shown: Values | null;
  readonly incomplete: readonly Path[];
  readonly types: WeakMap<object, string>;
}

/** @param root  Data of the fetches; empty when nothing was forwarded. */
export type Completion = (root: Values, aboutSchema: (key: string) => unknown) => Completed;

/** What was selected, and what of it was forwarded. */
export interface Selected {
  readonly root: SelectedObject;
  readonly forwarded: Pruned['forwarded'];
  /** Response key of a field in the operation that is forwarded. */
  readonly forwardedKey: (field: SelectedField) => string;
}

const isOf: Readonly<Record<string, (value: unknown) => boolean>> = {
  Int: Number.isInteger,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string' || typeof value === 'number',
};

/** Whether a value fits a leaf; what a scalar of the offices looks like is theirs to say. */
function fits(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return (isSpecifiedScalarType(type) && isOf[type.name]) || (() => true);
}

/** Compiles the completion of an operation for one set of values of its conditions. */
export function compileCompletion(
  schema: GraphQLSchema,
  { root, forwarded, forwardedKey }: Selected,
  variables: Variables,
): Completion {
  const unfit = ({ path, incomplete }: Walk): null => {
    incomplete.push([...path]);
    return null;
  };

  const leaf = (type: GraphQLLeafType): Complete => {
    const isFit = fits(type);
    return (value, walk) => {
      if (value === null || value === undefined) return null;
      return isFit(value) ? value : unfit(walk);
    };
  };

  const list =
    (complete: Complete): Complete =>
    (value, walk, isExpected) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) return unfit(walk);
      const { path } = walk;
      const depth = path.length;
      const answers: unknown[] = Array.from({ length: value.length });
      let isNull = false;
      for (let i = 0; i < value.length; i++) {
        path[depth] = i;
        path.length = depth + 1;
        const answer = complete(value[i], walk, isExpected);
        if (answer === NULLS_PARENT) isNull = true;
        answers[i] = answer;
      }
      path.length = depth;
      return isNull ? null : answers;
    };

  const nonNull =
    (complete: Complete, isImplied: boolean): Complete =>
    (value, walk, isExpected) => {
      // An object that exists whenever its parent does was not fetched.
      const given = isImplied && value === undefined && !isExpected ? {} : value;
      const answer = complete(given, walk, isExpected);
      if (answer !== null) return answer;
      // What came and yet is null was noted where it was lost, or a refusal tells of it.
      if (isExpected && (given ?? null) === null) walk.incomplete.push([...walk.path]);
      return NULLS_PARENT;
    };

  const completeOf = (output: GraphQLOutputType, below: readonly SelectedObject[]): Complete => {
    if (isNonNullType(output)) {
      const isImplied = isObjectType(output.ofType);
      return nonNull(completeOf(output.ofType, below), isImplied);
    }
    if (isListType(output)) return list(completeOf(output.ofType, below));
    if (isCompositeType(output)) return object(output, below);
    return leaf(output);
  };

  const object = (
    declared: GraphQLCompositeType,
    selected: readonly SelectedObject[],
  ): Complete => {
    const [only, ...others] = possibleTypes(schema, declared);
    const isOfSeveral = others.length > 0;
    const entries = entriesByType(selected);
    return (value, walk) => {
      if (value === null || value === undefined) return null;
      if (!isObject(value)) return unfit(walk);
      const name = isOfSeveral ? (value['__typename'] ?? declared.name) : (only ?? declared.name);
      if (typeof name !== 'string' || !isCompositeType(schema.getType(name))) return unfit(walk);
      const { blank, fields } = entries(name);
      const answer = blank();
      const { path } = walk;
      const depth = path.length;
      for (const { key, complete } of fields) {
        path[depth] = key;
        const completed = complete(value, walk);
        path.length = depth + 1;
        if (completed === NULLS_PARENT) {
          path.length = depth;
          return null;
        }
        answer[key] = completed;
      }
      path.length = depth;
      if (isOfSeveral) walk.types.set(answer, name);
      return answer;
    };
  };

  const entriesByType = (selected: readonly SelectedObject[]) => {
    const known = new Map<string, { readonly blank: () => Values; readonly fields: Entry[] }>();
    const included = selected.flatMap(({ types, fields }) =>
      fields
        .filter(({ conditions }) => holds(conditions, variables))
        .map((field) => ({ field, isOnAll: field.types.size === types.size })),
    );
    return (type: string) => {
      const before = known.get(type);
      if (before) return before;
      const isKnown = isObjectType(schema.getType(type));
      // What does not say which object it is gets the fields that every one has.
      const on = included.filter(({ field, isOnAll }) =>
        isKnown ? field.types.has(type) : isOnAll,
      );
      const keys = Map.groupBy(
        on.map(({ field }) => field),
        ({ key }) => key,
      );
      const fields = [...keys].map(([key, same]): Entry => ({
        key,
        complete: fieldOf(same, type, isKnown),
      }));
      const blank = keys.has(PROTOTYPE) ? (): Values => Object.create(null) : (): Values => ({});
      const found = { blank, fields };
      known.set(type, found);
      return found;
    };
  };

  /** One response key of one runtime type. */
  const fieldOf = (
    same: readonly SelectedField[],
    type: string,
    isKnown: boolean,
  ): Entry['complete'] => {
    const [field] = same;
    if (!field) throw new Error('A response key without a field.');
    const name = field.node.name.value;
    if (name === '__typename') return () => (isKnown ? type : NULLS_PARENT);
    if (name.startsWith('__')) return (_, { aboutSchema }) => aboutSchema(field.key);
    const output = field.outputs.get(type) ?? [...field.outputs.values()][0];
    if (!output) throw new Error(`${type} has no ${name}.`);
    if (field.refusals.length > 0) {
      const nothing = isNonNullType(output) ? NULLS_PARENT : null;
      return () => nothing;
    }
    const below = same.flatMap(({ object: inner }) => inner ?? []);
    const complete = completeOf(output, below);
    const isExpected = same.some((one) => forwarded.get(one)?.has(type) ?? false);
    const from = forwardedKey(field);
    return (values, walk) =>
      complete(Object.hasOwn(values, from) ? values[from] : undefined, walk, isExpected);
  };

  const complete = object(root.type, [root]);
  return (data, aboutSchema) => {
    const walk: Walk = { path: [], incomplete: [], types: new WeakMap(), aboutSchema };
    const shown = complete(data, walk, true) as Values | null;
    return { shown, incomplete: walk.incomplete, types: walk.types };
  };
}
