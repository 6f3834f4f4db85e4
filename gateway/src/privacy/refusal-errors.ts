import { sentence } from '@chengxin/kit/errors';
import { extensionsOf } from '@chengxin/kit/privacy/verdict';
import { GraphQLError } from 'graphql';
import { holds, type Variables } from './conditions.js';
import type { Completed } from './complete.js';
import type { Filtered } from './filter.js';
import { listDepth } from './lists.js';
import { isObject } from '../objects.js';
import { ANY, stepInto, type Place } from './places.js';
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
 * @param shown  What is answered in the end.
 * @param types  Runtime types of its objects that could be of several.
 */
export function refusalErrors(
  { root, refusing }: Filtered,
  variables: Variables,
  { shown, types }: Pick<Completed, 'shown' | 'types'>,
): readonly GraphQLError[] {
  const errors = new Map<string, GraphQLError>();

  const isOn = (object: SelectedObject, field: SelectedField, { value }: Place) => {
    if (field.types.size === object.types.size) return true;
    const type = isObject(value) ? types.get(value) : undefined;
    return type === undefined || field.types.has(type);
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
      if (!object || !refusing.has(object)) continue;
      visit(
        object,
        own.flatMap((place) => objectsBelow(field, place)),
      );
    }
  };
  if (refusing.has(root)) visit(root, [{ path: [], value: shown }]);
  return [...errors.values()];
}
