import { Kind, OperationTypeNode, visit, type DocumentNode } from 'graphql';
import {
  buildSelectionTree,
  type SelectedField,
  type SelectedObject,
  type OperationParts,
} from './selection-tree.js';
import { forwardedOperationOf, isRenamed, type ForwardedOperation } from './forwarded-operation.js';
import { prune } from './prune.js';

/** An operation as one role may request it. */
export interface Filtered {
  /** The whole question, with the verdict on each field. */
  readonly root: SelectedObject;
  readonly isMutation: boolean;
  /** What goes on to the planner instead; null when it may get the document as it is. */
  readonly instead: ForwardedOperation | null;
  readonly forwarded: ReadonlySet<SelectedField>;
  readonly reassembled: ReadonlySet<SelectedObject>;
  /** Response key of our own, under which objects report their type. */
  readonly probe: string;
}

/** A response key that the document does not use. */
function unusedKey(document: DocumentNode): string {
  const keys = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void keys.add((alias ?? name).value) });
  let key = 'typename_';
  while (keys.has(key)) key += '_';
  return key;
}

/** Takes out of an operation what a role can never see or do. Source: ARCHITECTURE §4. */
export function filterOperation(parts: OperationParts): Filtered {
  const { schema, document, operation } = parts;
  const root = buildSelectionTree(parts);
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const probe = unusedKey(document);
  const { selections, forwarded, reassembled } = prune(schema, root, isMutation, probe);
  const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
  const kept = reassembled.has(root) ? { ...operation, selectionSet } : operation;
  return {
    root,
    isMutation,
    instead:
      kept === operation && !isRenamed(document) ? null : forwardedOperationOf(document, kept),
    forwarded,
    reassembled,
    probe,
  };
}
