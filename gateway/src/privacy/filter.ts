import type { StudentSelection } from '@chengxin/kit/call/identity';
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
import { forwardedKeys, type Originals } from './safe-aliases.js';
import { studentGroupsOf } from './student-groups.js';

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
  /** The caller's aliases by those that are forwarded. */
  readonly aliases: Originals;
  /** Response key of a field in what is forwarded. */
  forwardedKey(field: SelectedField): string;
  /** What is the same whenever the conditions have the same values. */
  included(variables: Variables): Included;
}

/** What an operation comes to with its conditions decided. */
export interface Included {
  /** Completes what was fetched to what was selected. */
  readonly complete: Completion;
  /** Groups of each student; undefined for more than can be sent. */
  readonly studentGroups: StudentSelection['groups'] | undefined;
}

/** How many of them are kept of one operation. */
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
  const pruned = isWhole ? operation : { ...operation, selectionSet };
  const instead = isWhole && !isRenamed(document) ? null : forwardedOperationOf(document, pruned);
  const aliases: Originals = instead?.aliases ?? new Map();
  const selected = { root, forwarded, forwardedKey: forwardedKeys(aliases) };
  const conditional = [...conditionalOn(root)];
  const kept = boundedCache<Included>(KEEP);
  return {
    ...selected,
    isMutation,
    instead,
    aliases,
    refusing: refusingOf(root),
    included: (variables) =>
      kept.get(conditional.map((name) => String(variables[name])).join(), () => ({
        complete: compileCompletion(schema, selected, variables),
        studentGroups: studentGroupsOf(selected, variables),
      })),
  };
}
