import type { SelectedField, SelectedObject } from './selection-tree.js';
import { holds, type Variables } from './conditions.js';
import type { Filtered } from './filter.js';

/** The fields of one response key, on one runtime type; they agree in all but what is below. */
export interface MergedField {
  readonly key: string;
  readonly field: SelectedField;
  /** All that is selected on the objects below; null for leaves. */
  readonly below: MergedObject | null;
}

/** An object with its merged selections. */
export interface MergedObject {
  /** It comes back as it was selected. */
  readonly isAsSelected: boolean;
  /** Its runtime type where there is no probe: then it has one only, or is nulled whichever it has. */
  readonly type: string;
  /** Its included fields on a runtime type, in the order of their first selection. */
  fieldsOn(type: string): readonly MergedField[];
}

/** Merges what an operation selects in several places of one object, for given variables. */
export function merge(
  { root, forwarded, reassembled }: Filtered,
  variables: Variables,
): MergedObject {
  const mergedObject = (objects: readonly SelectedObject[], isSent: boolean): MergedObject => {
    const byType = new Map<string, readonly MergedField[]>();
    const types = objects
      .map((object) => object.types)
      .reduce((some, others) => some.intersection(others));
    const fields = objects
      .flatMap((object) => object.fields)
      .filter(({ conditions }) => holds(conditions, variables));

    const mergedFields = (type: string): readonly MergedField[] => {
      const keys = Map.groupBy(
        fields.filter((field) => field.types.has(type)),
        ({ key }) => key,
      );
      return [...keys].flatMap(([key, same]) => {
        const below = same.flatMap(({ object }) => object ?? []);
        const isWhole = same.every((field) => forwarded.has(field));
        return same.slice(0, 1).map((field) => ({
          key,
          field,
          below: below.length > 0 ? mergedObject(below, isWhole) : null,
        }));
      });
    };

    return {
      isAsSelected: isSent && !objects.some((object) => reassembled.has(object)),
      type: [...types][0] ?? '',
      fieldsOn(type) {
        const fieldsOnType = byType.get(type) ?? mergedFields(type);
        byType.set(type, fieldsOnType);
        return fieldsOnType;
      },
    };
  };
  return mergedObject([root], true);
}
