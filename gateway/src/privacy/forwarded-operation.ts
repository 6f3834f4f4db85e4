import { createHash } from 'node:crypto';
import {
  getOperationAST,
  Kind,
  print,
  separateOperations,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { renameForPlanner, type Originals } from './safe-aliases.js';

/** The document that goes on to the planner, with its one operation, under its own hash. */
export interface ForwardedOperation {
  readonly document: DocumentNode;
  /** Selects nothing at all: nobody is to be called. */
  readonly isEmpty: boolean;
  readonly operation: OperationDefinitionNode;
  readonly source: string;
  readonly queryHash: string;
  /** The caller's names of its variables. */
  readonly variables: Originals;
  /** The caller's aliases. */
  readonly aliases: Originals;
}

const nameOf = ({ name }: OperationDefinitionNode): string => name?.value ?? '';

/** One operation of a document, with the fragments that it uses. */
export function alone(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const kept = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const definitions = [operation, ...kept];
  const separate = separateOperations({ kind: Kind.DOCUMENT, definitions })[nameOf(operation)];
  return separate ?? { kind: Kind.DOCUMENT, definitions: [operation] };
}

/** The operation without the definitions of variables that nothing in its document uses. */
function withUsedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
}

/** What the planner gets of an operation, which may have lost selections, of a document. */
export function forwardedOperationOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ForwardedOperation {
  const name = nameOf(operation);
  const renamed = renameForPlanner(withUsedVariables(alone(document, operation)));
  const kept = getOperationAST(renamed.document, name || undefined);
  if (!kept) throw new Error('A document has lost its operation.');
  const source = print(renamed.document);
  const names = (kept.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return {
    document: renamed.document,
    isEmpty: kept.selectionSet.selections.length === 0,
    operation: kept,
    source,
    queryHash: createHash('sha256').update(`${source}\0${name}`).digest('hex'),
    variables: new Map(names.map((one) => [one, renamed.variables.get(one) ?? one])),
    aliases: renamed.aliases,
  };
}

/** Whether a document holds a name that the planner may not get. */
export function isRenamed(document: DocumentNode): boolean {
  const { aliases, variables } = renameForPlanner(document);
  return aliases.size > 0 || variables.size > 0;
}
