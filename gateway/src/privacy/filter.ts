import { createHash } from 'node:crypto';
import {
  Kind,
  OperationTypeNode,
  print,
  separateOperations,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { ask, type AskedField, type AskedObject, type Asking } from './asked.js';
import { smaller } from './smaller.js';

/** An operation as one role may ask it. */
export interface Filtered {
  /** The whole question, with the verdict on each field. */
  readonly root: AskedObject;
  readonly isMutation: boolean;
  /** What goes on to the offices instead; null when nothing was taken out. */
  readonly instead: Instead | null;
  readonly sent: ReadonlySet<AskedField>;
  readonly touched: ReadonlySet<AskedObject>;
  /** Response key of our own, under which objects tell their type. */
  readonly probe: string;
}

/** A smaller document with its one operation, under its own hash. */
export interface Instead {
  readonly document: DocumentNode;
  /** Selects nothing at all: nobody is to be called. */
  readonly isEmpty: boolean;
  readonly operation: OperationDefinitionNode;
  readonly source: string;
  readonly queryHash: string;
  readonly variables: ReadonlySet<string>;
}

/** A response key that the document does not use. */
function unusedKey(document: DocumentNode): string {
  const keys = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void keys.add((alias ?? name).value) });
  let key = 'typename_';
  while (keys.has(key)) key += '_';
  return key;
}

const variablesIn = (operation: OperationDefinitionNode): ReadonlySet<string> => {
  const names = new Set<string>();
  const inSelections = { ...operation, variableDefinitions: [] };
  visit(inSelections, { Variable: ({ name }) => void names.add(name.value) });
  return names;
};

/** The operation with other selections, and nothing that these do not use. */
function instead(asking: Asking, operation: OperationDefinitionNode): Instead {
  const variables = variablesIn(operation);
  const pruned: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) =>
      variables.has(variable.name.value),
    ),
  };
  const fragments = asking.document.definitions.filter(
    ({ kind }) => kind === Kind.FRAGMENT_DEFINITION,
  );
  // Only introspection still has fragments: all others were unfolded.
  const documents = separateOperations({
    kind: Kind.DOCUMENT,
    definitions: [pruned, ...fragments],
  });
  const name = operation.name?.value ?? '';
  const document = documents[name] ?? { kind: Kind.DOCUMENT, definitions: [pruned] };
  const source = print(document);
  const queryHash = createHash('sha256').update(`${source}\0${name}`).digest('hex');
  const isEmpty = operation.selectionSet.selections.length === 0;
  return { document, isEmpty, operation: pruned, source, queryHash, variables };
}

/** Takes out of an operation what a role can never see or do. Source: ARCHITECTURE §4. */
export function filterOperation(asking: Asking): Filtered {
  const { schema, document, operation } = asking;
  const root = ask(asking);
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const probe = unusedKey(document);
  const { selections, sent, touched } = smaller(schema, root, isMutation, probe);
  const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
  return {
    root,
    isMutation,
    instead: touched.has(root) ? instead(asking, { ...operation, selectionSet }) : null,
    sent,
    touched,
    probe,
  };
}
