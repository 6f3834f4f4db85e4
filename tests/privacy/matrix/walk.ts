/** Every field below a type, as one selection and as a tree of what it must be judged by. */
import {
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  Kind,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A field as it was selected. */
export interface Spot {
  /** Response key. */
  readonly key: string;
  readonly type: string;
  readonly field: string;
  /** The field as it is selected: its name, with the arguments that it cannot do without. */
  readonly selection: string;
  /** All of them must be open; none on a key or a value type. */
  readonly policies: readonly string[];
  readonly inner: readonly Spot[];
}

/** The names of `@policy`; the first alternative, for the product writes one. */
export function policiesOf(field: GraphQLField<unknown, unknown>): string[] {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'policy');
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind !== Kind.LIST) return [];
  const [all] = value.values;
  return all?.kind === Kind.LIST
    ? all.values.map((one) => ('value' in one ? String(one.value) : ''))
    : [];
}

/** Arguments of the root fields that cannot do without. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  collectionStatus: '(year: 2026)',
  collectionQuality: '(year: 2026)',
  stats: '(metric: GRADE_COUNT, groupBy: [COLLEGE], run: "2025H2")',
  teacher: '(staffNo: "T0110")',
};

/** Fields that lead back to what the walk came from; deep paths have tests of their own. */
const isBack = (field: string): boolean => field === 'student';

function spotsOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  above: readonly string[],
  alias: string,
): Spot[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const needed = type.name === 'Query' ? ARGUMENTS[field.name] : undefined;
    if (!needed && field.args.some((arg) => isRequiredArgument(arg))) return [];
    if (above.length && isBack(field.name)) return [];
    const named = getNamedType(field.type);
    const key = `${alias}${field.name}`;
    const selection = `${field.name}${needed ?? ''}`;
    const own = { key, type: type.name, field: field.name, selection, policies: policiesOf(field) };
    if (isLeafType(named)) return field.name === 'access' ? [] : [{ ...own, inner: [] }];
    if (above.includes(named.name)) return [];
    const path = [...above, type.name];
    const members = isUnionType(named) ? schema.getPossibleTypes(named) : [];
    const inner = isObjectType(named)
      ? spotsOf(schema, named, path, '')
      : members.flatMap((member) => spotsOf(schema, member, path, `${member.name}_`));
    return inner.length ? [{ ...own, inner }] : [];
  });
}

/** Everything that can be selected of a type without arguments. */
export const walk = (schema: GraphQLSchema, type: string, above: readonly string[] = []): Spot[] =>
  spotsOf(schema, schema.getType(type) as GraphQLObjectType, above, '');

const isAliased = ({ key, field }: Spot): boolean => key !== field;

/** The selection of some spots; members of a union stand in fragments of their own. */
export function selectionOf(spots: readonly Spot[]): string {
  const one = (spot: Spot): string => {
    const name = isAliased(spot) ? `${spot.key}: ${spot.selection}` : spot.selection;
    return spot.inner.length ? `${name} ${selectionOf(spot.inner)}` : name;
  };
  const members = Map.groupBy(spots.filter(isAliased), ({ type }) => type);
  const fragments = [...members].map(([type, of]) => `... on ${type} { ${of.map(one).join(' ')} }`);
  const plain = spots.filter((spot) => !isAliased(spot)).map(one);
  return `{ ${[...plain, ...fragments].join(' ')} }`;
}
