/** What an operation costs each office, before anything is planned. Pure. Source: DOMAIN 3.7(10). */
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FieldOffices } from './field-offices.js';
import { FIELD_COSTS, LIST_SIZES, USUAL_COST, USUAL_LIST, USUAL_PAGE } from './declared-costs.js';

export interface Costed {
  readonly schema: GraphQLSchema;
  readonly offices: FieldOffices;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Fields to answer by office, each as often as its lists make it. */
export type Costs = ReadonlyMap<string, number>;

/** Costs of fragments: one that is spread a thousand times is counted once. */
interface Costing extends Costed {
  readonly known: Map<string, Costs>;
}

/** Where selections stand: below which type, and whose office answers what no other one does. */
interface Place {
  readonly type: GraphQLNamedType | undefined;
  readonly office: string;
}

const NOTHING: Costs = new Map();
/** Of `__typename` and what else the gateway knows itself. */
const GATEWAY = '';

function add(total: Map<string, number>, costs: Costs, times = 1): void {
  for (const [office, cost] of costs) total.set(office, (total.get(office) ?? 0) + times * cost);
}

/** The value of a variable: what was sent, or what the operation says where nothing was. */
function valueOf(name: string, { operation, variables }: Costed): unknown {
  if (variables[name] !== undefined) return variables[name];
  const { defaultValue } =
    operation.variableDefinitions?.find(({ variable }) => variable.name.value === name) ?? {};
  return defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined;
}

/** Rows asked of a page, by its literal or its variable. */
function pageOf({ arguments: given = [] }: FieldNode, costed: Costed): number {
  const value = given.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  const named = value?.kind === Kind.VARIABLE ? valueOf(value.name.value, costed) : undefined;
  return typeof named === 'number' ? named : USUAL_PAGE;
}

const isList = (type: GraphQLOutputType): boolean =>
  isNonNullType(type) ? isList(type.ofType) : isListType(type);

/** How often what stands below a field is answered. */
function timesOf(costed: Costed, { type }: Place, node: FieldNode) {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const field = fields[node.name.value];
  if (!field) return { times: 1, inner: undefined };
  const inner = getNamedType(field.type);
  if (field.args.some(({ name }) => name === 'first'))
    return { times: Math.max(1, pageOf(node, costed)), inner };
  // A page's rows were counted where the page was asked for.
  const isOfPage = type?.name.endsWith('Connection') ?? false;
  if (isOfPage || !isList(field.type)) return { times: 1, inner };
  return { times: LIST_SIZES[`${type?.name}.${node.name.value}`] ?? USUAL_LIST, inner };
}

function costOfSet(costing: Costing, place: Place, { selections }: SelectionSetNode): Costs {
  const total = new Map<string, number>();
  for (const selection of selections) add(total, costOf(costing, place, selection));
  return total;
}

function costOf(costing: Costing, place: Place, selection: SelectionNode): Costs {
  if (selection.kind === Kind.FRAGMENT_SPREAD)
    return costOfFragment(costing, place, selection.name.value);
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const name = selection.typeCondition?.name.value;
    const type = name ? costing.schema.getType(name) : place.type;
    return costOfSet(costing, { ...place, type }, selection.selectionSet);
  }
  return selection.name.value.startsWith('__')
    ? new Map([[GATEWAY, 1]])
    : costOfField(costing, place, selection);
}

function costOfField(costing: Costing, place: Place, node: FieldNode): Costs {
  const { times, inner } = timesOf(costing, place, node);
  const name = `${place.type?.name}.${node.name.value}`;
  // Of a field that there is not for the caller nothing is known, the office included.
  const office = inner ? (costing.offices.get(name) ?? place.office) : GATEWAY;
  const isLeaf = !node.selectionSet || !isCompositeType(inner);
  const total = new Map([[office, isLeaf ? times : (FIELD_COSTS[name] ?? USUAL_COST)]]);
  if (!node.selectionSet || isLeaf) return total;
  add(total, costOfSet(costing, { type: inner, office }, node.selectionSet), times);
  return total;
}

function costOfFragment(costing: Costing, place: Place, name: string): Costs {
  const key = `${name} ${place.office}`;
  const known = costing.known.get(key);
  if (known) return known;
  // One that leads back to itself counts as nothing there: it is not valid.
  costing.known.set(key, NOTHING);
  const fragment = costing.fragments.get(name);
  const type = fragment && costing.schema.getType(fragment.typeCondition.name.value);
  const costs = fragment ? costOfSet(costing, { ...place, type }, fragment.selectionSet) : NOTHING;
  costing.known.set(key, costs);
  return costs;
}

/** What an operation asks of each office. */
export function costsOf(costed: Costed): Costs {
  const type = costed.schema.getRootType(costed.operation.operation) ?? undefined;
  const place = { type, office: GATEWAY };
  return costOfSet({ ...costed, known: new Map() }, place, costed.operation.selectionSet);
}
