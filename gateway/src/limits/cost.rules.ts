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
import {
  ENTITY_COST,
  FIELD_COSTS,
  LIST_SIZES,
  SIZES_BY_ARGUMENT,
  USUAL_COST,
  USUAL_LIST,
  USUAL_PAGE,
} from './declared-costs.js';

export interface Costed {
  readonly schema: GraphQLSchema;
  readonly offices: FieldOffices;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is requested of the offices. */
export interface Costs {
  /** Fields to answer by office, each as often as its lists make it. */
  readonly byOffice: ReadonlyMap<string, number>;
  /** Calls to offices, as the plan will have them: one for each place where another one answers. */
  readonly calls: number;
}

/** Costs of a selection set, with the offices that answer its own fields. */
interface SelectedCost extends Costs {
  readonly offices: ReadonlySet<string>;
}

/** Costs of fragments: one that is spread a thousand times is computed once. */
interface Costing extends Costed {
  readonly known: Map<string, SelectedCost>;
}

/** Where selections stand: below which type, and whose office answers what no other one does. */
interface Place {
  readonly type: GraphQLNamedType | undefined;
  readonly office: string;
}

const NOTHING: SelectedCost = { byOffice: new Map(), calls: 0, offices: new Set() };
/** Of `__typename` and what else the gateway knows itself. */
const GATEWAY = '';

function add(total: Map<string, number>, { byOffice }: Costs, times = 1): void {
  for (const [office, cost] of byOffice) total.set(office, (total.get(office) ?? 0) + times * cost);
}

/**
 * Offices that are called for the selected fields of an object that its own one does not answer.
 */
const otherOffices = ({ offices }: SelectedCost, own: string): ReadonlySet<string> =>
  offices.difference(new Set([own, GATEWAY]));

/** The value of a variable: what was sent, or what the operation says where nothing was. */
function valueOf(name: string, { operation, variables }: Costed): unknown {
  if (Object.hasOwn(variables, name)) return variables[name];
  const { defaultValue } =
    operation.variableDefinitions?.find(({ variable }) => variable.name.value === name) ?? {};
  return defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined;
}

/** Rows requested of a page, by its literal or its variable. */
function pageOf({ arguments: given = [] }: FieldNode, costed: Costed): number {
  const value = given.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  const named = value?.kind === Kind.VARIABLE ? valueOf(value.name.value, costed) : undefined;
  return typeof named === 'number' ? named : USUAL_PAGE;
}

/** Rows of a list that an argument makes long or short; undefined where nothing is said of it. */
function sizeByArgument(name: string, { arguments: given = [] }: FieldNode, costed: Costed) {
  const { argument, sizes } = SIZES_BY_ARGUMENT[name] ?? {};
  const value = given.find((one) => one.name.value === argument)?.value;
  if (value?.kind === Kind.LIST) return sizes?.[value.values.length];
  const named = value?.kind === Kind.VARIABLE ? valueOf(value.name.value, costed) : undefined;
  return Array.isArray(named) ? sizes?.[named.length] : undefined;
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
  // A page's rows were counted where the page was selected.
  const isOfPage = type?.name.endsWith('Connection') ?? false;
  if (isOfPage || !isList(field.type)) return { times: 1, inner };
  const name = `${type?.name}.${node.name.value}`;
  return { times: sizeByArgument(name, node, costed) ?? LIST_SIZES[name] ?? USUAL_LIST, inner };
}

function costOfSet(costing: Costing, place: Place, { selections }: SelectionSetNode): SelectedCost {
  const total = new Map<string, number>();
  const offices = new Set<string>();
  let calls = 0;
  for (const selection of selections) {
    const one = costOf(costing, place, selection);
    add(total, one);
    calls += one.calls;
    for (const office of one.offices) offices.add(office);
  }
  return { byOffice: total, calls, offices };
}

function costOf(costing: Costing, place: Place, selection: SelectionNode): SelectedCost {
  if (selection.kind === Kind.FRAGMENT_SPREAD)
    return costOfFragment(costing, place, selection.name.value);
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const name = selection.typeCondition?.name.value;
    const type = name ? costing.schema.getType(name) : place.type;
    return costOfSet(costing, { ...place, type }, selection.selectionSet);
  }
  return selection.name.value.startsWith('__')
    ? { ...NOTHING, byOffice: new Map([[GATEWAY, 1]]) }
    : costOfField(costing, place, selection);
}

function costOfField(costing: Costing, place: Place, node: FieldNode): SelectedCost {
  const { times, inner } = timesOf(costing, place, node);
  const name = `${place.type?.name}.${node.name.value}`;
  // Of a field that there is not for the caller nothing is known, the office included.
  const office = inner ? (costing.offices.get(name) ?? place.office) : GATEWAY;
  const isLeaf = !node.selectionSet || !isCompositeType(inner);
  const total = new Map([[office, (isLeaf ? times : 1) * (FIELD_COSTS[name] ?? USUAL_COST)]]);
  const offices = new Set([office]);
  if (!node.selectionSet || isLeaf) return { byOffice: total, calls: 0, offices };
  const below = costOfSet(costing, { type: inner, office }, node.selectionSet);
  add(total, below, times);
  const others = otherOffices(below, office);
  for (const other of others) total.set(other, (total.get(other) ?? 0) + times * ENTITY_COST);
  return { byOffice: total, calls: below.calls + others.size, offices };
}

function costOfFragment(costing: Costing, place: Place, name: string): SelectedCost {
  const key = `${name} ${place.office}`;
  const known = costing.known.get(key);
  if (known) return known;
  // One that leads back to itself counts as nothing there: it is not valid.
  costing.known.set(key, NOTHING);
  const fragment = costing.fragments.get(name);
  const type = fragment && costing.schema.getType(fragment.typeCondition.name.value);
  const selected = fragment
    ? costOfSet(costing, { ...place, type }, fragment.selectionSet)
    : NOTHING;
  costing.known.set(key, selected);
  return selected;
}

/** What an operation costs each office. */
export function costsOf(costed: Costed): Costs {
  const type = costed.schema.getRootType(costed.operation.operation) ?? undefined;
  const place = { type, office: GATEWAY };
  const selected = costOfSet({ ...costed, known: new Map() }, place, costed.operation.selectionSet);
  return {
    byOffice: selected.byOffice,
    calls: selected.calls + otherOffices(selected, GATEWAY).size,
  };
}
