/** Which known operations can be taken as a file: one list of students, page by page. Pure. Source: DOMAIN 3.6. */
import {
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { hashOf, type KnownOperations } from '../../limits/known-operations.js';

const LIST = 'students';
const PAGE_VARIABLES = ['first', 'after'];
/** Where a row stands, and nothing of it: how many there are is counted by this. */
const POSITIONS = 'edges { cursor } pageInfo { hasNextPage endCursor }';

export interface ExportOperation {
  readonly name: string;
  /** SHA-256 of its text, as `hashOf` has it. */
  readonly hash: string;
  readonly definition: OperationDefinitionNode;
  readonly query: string;
  /** The same list without a field of any student. */
  readonly countQuery: string;
}

const isField = (node: SelectionNode, name: string): node is FieldNode =>
  node.kind === Kind.FIELD && !node.alias && node.name.value === name;

const has = (field: FieldNode, name: string): FieldNode | undefined =>
  field.selectionSet?.selections.find((one) => isField(one, name)) as FieldNode | undefined;

/** Its pages are named by `$first` and `$after`, it says whether there is another one, and whom it lists. */
function isPaged(list: FieldNode): boolean {
  const page = has(list, 'pageInfo');
  const isNamed = PAGE_VARIABLES.every((name) =>
    list.arguments?.some(
      ({ name: { value: argument }, value }) =>
        argument === name && value.kind === Kind.VARIABLE && value.name.value === name,
    ),
  );
  const nodes = has(list, 'nodes');
  return Boolean(
    isNamed &&
    nodes &&
    has(nodes, 'studentNo') &&
    page &&
    has(page, 'hasNextPage') &&
    has(page, 'endCursor'),
  );
}

function withoutStudents(document: DocumentNode): string {
  const [positions] = parse(`{ ${POSITIONS} }`).definitions as [OperationDefinitionNode];
  return print(
    visit(document, {
      Field: (field) =>
        isField(field, LIST) ? { ...field, selectionSet: positions.selectionSet } : undefined,
    }),
  );
}

function operationOf(text: string): ExportOperation | undefined {
  const document = parse(text, { noLocation: true });
  const [definition, ...more] = document.definitions;
  // Fragments would be unused where they are counted; an export needs none.
  if (more.length || definition?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const [list, ...others] = definition.selectionSet.selections;
  const { name } = definition;
  if (!name || !list || others.length || !isField(list, LIST) || !isPaged(list)) return undefined;
  return {
    name: name.value,
    hash: hashOf(document),
    definition,
    query: print(document),
    countQuery: withoutStudents(document),
  };
}

/** Operations of the deployment that can be taken as a file, by name. */
export const exportOperations = (known: KnownOperations): ReadonlyMap<string, ExportOperation> =>
  new Map(
    [...known.values()].flatMap((text) => {
      const operation = operationOf(text);
      return operation ? [[operation.name, operation] as const] : [];
    }),
  );
