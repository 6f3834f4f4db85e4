import type { ErrorCode } from '@chengxin/kit/errors';
import { GraphQLError } from 'graphql';
import { isObject } from '../objects.js';
import { keysOf, placesAt, type Path, type Place } from './places.js';
import type { SelectedField } from './selection-tree.js';
import { holds, type Variables } from './conditions.js';
import type { Filtered } from './filter.js';
import { restoreErrorAliases } from './restore-aliases.js';

/** Codes with which a whole fetch fails; `extensions.fields` has the keys that it was to fill. */
const FETCH_CODES: ReadonlySet<unknown> = new Set([
  'SUBGRAPH_UNAVAILABLE',
  'AUDIT_UNAVAILABLE',
] satisfies ErrorCode[]);

/** Fields that were forwarded for the objects at a path. */
function forwardedAt(
  { root, forwarded }: Filtered,
  path: Path,
  variables: Variables,
): readonly SelectedField[] {
  const included = (fields: readonly SelectedField[]) =>
    fields.filter((field) => forwarded.has(field) && holds(field.conditions, variables));
  let fields = included(root.fields);
  for (const step of keysOf(path))
    fields = included(fields.flatMap(({ key, object }) => (key === step && object?.fields) || []));
  return fields;
}

/** Whether a key was to be filled in what stands there, and is not: what lost it whole, too. */
const isMissing = ({ value }: Place, key: string): boolean =>
  !isObject(value) || (Object.hasOwn(value, key) && value[key] === null);

/**
 * Makes of a fetch that failed one error for each response key that is null therefore, wherever it
 * is. Keys that the planner added for itself are not named; if one is missing, so may be all that
 * came to nothing beside it, for they may have needed it.
 *
 * @param errors  Under the names that were forwarded.
 * @param data    What was fetched, under the same.
 * @param shown   What is answered in the end: its lists alone have positions.
 * @returns       Errors under the caller's own names.
 */
export function spreadUnavailable(
  errors: readonly GraphQLError[],
  filtered: Filtered,
  variables: Variables,
  { data, shown }: { readonly data: unknown; readonly shown: unknown },
): readonly GraphQLError[] {
  const reported = new Set<string>();
  return errors.flatMap((forwardedError) => {
    const error = restoreErrorAliases(forwardedError, filtered.aliases);
    const { fields, ...extensions } = error.extensions;
    if (!FETCH_CODES.has(extensions['code']) || !Array.isArray(fields)) return [error];
    const path = error.path ?? [];
    const selected = forwardedAt(filtered, path, variables);
    const places = placesAt(shown, path);
    const objects = placesAt(data, forwardedError.path ?? [])
      .map(({ value }) => value)
      .filter(isObject);
    const isAbsent = (key: string) =>
      objects.length > 0 && objects.every((object) => (object[key] ?? null) === null);
    const isPlanned = fields.some((one) => !selected.some(({ key }) => key === one));
    const lost = selected.filter(
      (field) =>
        fields.includes(field.key) || (isPlanned && isAbsent(filtered.forwardedKey(field))),
    );
    const keys = [...new Set(lost.map(({ key }) => key))];
    const missing = keys.flatMap((key) =>
      places.filter((place) => isMissing(place, key)).map((place) => [...place.path, key]),
    );
    const paths = keys.length > 0 ? missing : places.map((place) => place.path);
    return paths
      .filter((one) => keys.length === 0 || !reported.has(JSON.stringify(one)))
      .map((one) => {
        reported.add(JSON.stringify(one));
        return new GraphQLError(error.message, { path: one, extensions, originalError: error });
      });
  });
}
