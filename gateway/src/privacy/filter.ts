import { Kind, OperationTypeNode } from 'graphql';
import { boundedCache } from '../bounded-cache.js';
import { compileCompletion, type Completion } from './complete.js';
import type { Variables } from './conditions.js';
import {
  buildSelectionTree,
  type SelectedField,
  type SelectedObject,
  type OperationParts,
} from './selection-tree.js';
import { forwardedOperationOf, isRenamed, type ForwardedOperation } from './forwarded-operation.js';
import { prune } from './prune.js';
import { forwardedKeys } from './safe-aliases.js';

/** An operation as one role may request it. */
export interface Filtered {
  /** The whole question, with the verdict on each field. */
  readonly root: SelectedObject;
  readonly isMutation: boolean;
  /** What goes on to the planner instead; null when it may get the document as it is. */
  readonly instead: ForwardedOperation | null;
  readonly forwarded: ReadonlyMap<SelectedField, ReadonlySet<string>>;
  /** Objects of which something is refused, or of what is below them. */
  readonly refusing: ReadonlySet<SelectedObject>;
  /** Response key of a field in what is forwarded. */
  forwardedKey(field: SelectedField): string;
  /** Completes what was fetched to what was selected. */
  completion(variables: Variables): Completion;
}

/** Completions that are kept of one operation: one for each set of values of its conditions. */
const KEEP = 16;

/** Objects with a refused field, and all in which they stand. */
function refusingOf(root: SelectedObject): ReadonlySet<SelectedObject> {
  const refusing = new Set<SelectedObject>();
  const isRefusing = (object: SelectedObject): boolean => {
    const below = object.fields.map(
      (field) => field.refusals.length > 0 || (field.object !== null && isRefusing(field.object)),
    );
    if (below.includes(true)) refusing.add(object);
    return refusing.has(object);
  };
  isRefusing(root);
  return refusing;
}

/** The variables on which it depends what is included. */
function conditionalOn(object: SelectedObject, names = new Set<string>()): ReadonlySet<string> {
  for (const { conditions, object: below } of object.fields) {
    for (const { variable } of conditions) names.add(variable);
    if (below) conditionalOn(below, names);
  }
  return names;
}

/** Takes out of an operation what a role can never see or do. Source: ARCHITECTURE §4. */
export function filterOperation(parts: OperationParts): Filtered {
  const { schema, document, operation } = parts;
  const root = buildSelectionTree(parts);
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const { selections, forwarded, isWhole } = prune(schema, root, isMutation);
  const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
  const kept = isWhole ? operation : { ...operation, selectionSet };
  const instead = isWhole && !isRenamed(document) ? null : forwardedOperationOf(document, kept);
  const forwardedKey = forwardedKeys(instead?.aliases ?? new Map());
  const conditional = [...conditionalOn(root)];
  const completions = boundedCache<Completion>(KEEP);
  return {
    root,
    isMutation,
    instead,
    forwarded,
    refusing: refusingOf(root),
    forwardedKey,
    completion: (variables) =>
      completions.get(conditional.map((name) => String(variables[name])).join(), () =>
        compileCompletion(schema, { root, forwarded, forwardedKey }, variables),
      ),
  };
}
