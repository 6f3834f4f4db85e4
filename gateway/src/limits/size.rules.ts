/** How deep and how costly an operation may be, before anything is planned. Pure. Source: DOMAIN 3.7(10). */
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export const MOST_DEPTH = 10;
export const MOST_COST = 10_000_000;
/** Rows of a page that does not say how many. */
const USUAL_PAGE = 20;
/** Rows that a list without pages is taken to have. */
const USUAL_LIST = 10;

export interface SizedOperation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Size {
  /** Fields below one another. */
  readonly depth: number;
  /** Fields to answer, each as often as its lists make it. */
  readonly cost: number;
}
const NOTHING: Size = { depth: 0, cost: 0 };

/** Sizes by fragment: one that is spread a thousand times is measured once, or each would double the work. */
interface Sizing extends SizedOperation {
  readonly known: Map<string, Size>;
}

/** The value of a variable: what was sent, or what the operation says where nothing was. */
function valueOf(name: string, { operation, variables }: SizedOperation): unknown {
  if (variables[name] !== undefined) return variables[name];
  const { defaultValue } =
    operation.variableDefinitions?.find(({ variable }) => variable.name.value === name) ?? {};
  return defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined;
}

/** Rows asked of a page, by its literal or its variable. */
function pageOf({ arguments: given = [] }: FieldNode, sized: SizedOperation): number {
  const value = given.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  const named = value?.kind === Kind.VARIABLE ? valueOf(value.name.value, sized) : undefined;
  return typeof named === 'number' ? named : USUAL_PAGE;
}

/** How often what stands below a field is answered. */
function timesOf(sized: SizedOperation, type: GraphQLNamedType | undefined, node: FieldNode) {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const field = fields[node.name.value];
  if (!field) return { times: 1, inner: undefined };
  const inner = getNamedType(field.type);
  if (field.args.some(({ name }) => name === 'first'))
    return { times: Math.max(1, pageOf(node, sized)), inner };
  // A page's rows were counted where the page was asked for.
  const isOfPage = type?.name.endsWith('Connection') ?? false;
  const isList = String(field.type).includes('[');
  return { times: isList && !isOfPage ? USUAL_LIST : 1, inner };
}

function sizeOfSet(
  sized: Sizing,
  type: GraphQLNamedType | undefined,
  { selections }: SelectionSetNode,
): Size {
  let [depth, cost] = [0, 0];
  for (const selection of selections) {
    const size = sizeOf(sized, type, selection);
    depth = Math.max(depth, size.depth);
    cost += size.cost;
  }
  return { depth, cost };
}

function sizeOf(
  sized: Sizing,
  type: GraphQLNamedType | undefined,
  selection: SelectionSetNode['selections'][number],
): Size {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(sized, selection.name.value);
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const name = selection.typeCondition?.name.value;
    const on = name ? sized.schema.getType(name) : type;
    return sizeOfSet(sized, on, selection.selectionSet);
  }
  // What a schema says of itself is bounded by the schema.
  if (selection.name.value.startsWith('__')) return { depth: 1, cost: 1 };
  const { times, inner } = timesOf(sized, type, selection);
  if (!selection.selectionSet || !isCompositeType(inner)) return { depth: 1, cost: 1 };
  const below = sizeOfSet(sized, inner, selection.selectionSet);
  return { depth: below.depth + 1, cost: 1 + times * below.cost };
}

function sizeOfFragment(sized: Sizing, name: string): Size {
  const before = sized.known.get(name);
  if (before) return before;
  const fragment = sized.fragments.get(name);
  const on = fragment && sized.schema.getType(fragment.typeCondition.name.value);
  const size = fragment ? sizeOfSet(sized, on, fragment.selectionSet) : NOTHING;
  sized.known.set(name, size);
  return size;
}

/** Depth and cost of an operation that is valid, so that no fragment leads back to itself. */
export function sizeOfOperation(sized: SizedOperation): Size {
  const root = sized.schema.getRootType(sized.operation.operation) ?? undefined;
  return sizeOfSet({ ...sized, known: new Map() }, root, sized.operation.selectionSet);
}
