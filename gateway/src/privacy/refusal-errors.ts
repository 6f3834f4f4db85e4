import { sentence } from '@chengxin/kit/errors';
import { extensionsOf } from '@chengxin/kit/privacy/verdict';
import { GraphQLError } from 'graphql';
import { holds, type Variables } from './conditions.js';
import type { Filtered } from './filter.js';
import { listDepth } from './lists.js';
import { ANY, isObject, stepInto, valueAt, type Place } from './places.js';
import type { SelectedField, SelectedObject } from './selection-tree.js';

/** The objects below a field. */
function objectsBelow(field: SelectedField, place: Place): readonly Place[] {
  const [output] = field.outputs.values();
  let places = stepInto(place, field.key);
  for (let depth = output ? listDepth(output) : 0; depth > 0; depth -= 1)
    places = places.flatMap((list) => stepInto(list, ANY));
  return places;
}

/**
 * One error for each refused field of each object that the answer shows, in document order; one with
 * `"@"` where it shows no list. An element that is null has all errors that it may have: they must
 * not distinguish one that is refused from one that is not there (docs/decisions/0036).
 *
 * @param data   Answer to the forwarded operation, in which objects report their types.
 * @param shown  What is answered in the end; without it, nothing is.
 */
export function refusalErrors(
  { root, forwarded, reassembled, probe }: Filtered,
  variables: Variables,
  { data, shown }: { readonly data?: unknown; readonly shown?: unknown } = {},
): readonly GraphQLError[] {
  const errors = new Map<string, GraphQLError>();

  const isOn = (object: SelectedObject, { types }: SelectedField, { path, value }: Place) => {
    if (types.size === object.types.size) return true;
    const type = isObject(value) ? valueAt(data, [...path, probe]) : undefined;
    return typeof type !== 'string' || types.has(type);
  };

  const visit = (selected: SelectedObject, places: readonly Place[]): void => {
    for (const field of selected.fields) {
      if (!holds(field.conditions, variables)) continue;
      const own = places.filter((place) => isOn(selected, field, place));
      const [first] = field.refusals;
      if (first)
        for (const { path } of own) {
          const at = [...path, field.key];
          const named = { path: at, extensions: extensionsOf(first) };
          errors.set(JSON.stringify([at, first]), new GraphQLError(sentence(first.code), named));
        }
      const { object } = field;
      if (!object || (forwarded.has(field) && !reassembled.has(object))) continue;
      visit(
        object,
        own.flatMap((place) => objectsBelow(field, place)),
      );
    }
  };
  visit(root, [{ path: [], value: shown }]);
  return [...errors.values()];
}
