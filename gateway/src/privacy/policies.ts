import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type ObjectTypeDefinitionNode,
  type ValueNode,
} from 'graphql';
import { directiveOf } from './spec-links.js';

/** OR of ANDs: all names of one inner list must be open. */
export type Alternatives = readonly (readonly string[])[];
/** What guards each field that a client can reach, by `Type.field`. What stands not here is shut. */
export type Policies = ReadonlyMap<string, Alternatives>;

/** Nothing guards them: keys, and the fields of value types, which belong to what holds them. */
const UNGUARDED: Alternatives = [[]];

type Marked = { readonly directives?: readonly ConstDirectiveNode[] | undefined };
const mark = (node: Marked, name: string | null): DirectiveNode | undefined =>
  node.directives?.find((directive) => directive.name.value === name);

const items = (value: ValueNode): readonly ValueNode[] =>
  value.kind === Kind.LIST ? value.values : [value];

/** `[["TUITION", "STAFF_IDENTITY"], ["SELF"]]`, as a list of lists. */
function alternatives(directive: DirectiveNode, where: string): Alternatives {
  const value = directive.arguments?.find((one) => one.name.value === 'policies')?.value;
  const lists = (value ? items(value) : []).map((list) =>
    items(list).map((name) => (name.kind === Kind.STRING ? name.value : '')),
  );
  if (lists.length === 0 || lists.some((list) => list.length === 0 || list.includes('')))
    throw new Error(`The @policy of ${where} names no policy.`);
  return lists;
}

/** Fields that stand first in a `@join__type(key: …)` of the type. */
function keyFields(type: ObjectTypeDefinitionNode): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const directive of type.directives ?? []) {
    if (directive.name.value !== 'join__type') continue;
    const key = directive.arguments?.find((one) => one.name.value === 'key')?.value;
    if (key?.kind !== Kind.STRING) continue;
    const [selection] = parse(`{ ${key.value} }`, { noLocation: true }).definitions;
    if (selection?.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const field of selection.selectionSet.selections)
      if (field.kind === Kind.FIELD) keys.add(field.name.value);
  }
  return keys;
}

/** Query, Mutation: never a value type, even when none of their fields is guarded. */
const rootTypes = (supergraph: DocumentNode): ReadonlySet<string> =>
  new Set(
    supergraph.definitions.flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION
        ? definition.operationTypes.map((operation) => operation.type.name.value)
        : [],
    ),
  );

/**
 * Reads what guards each field. Object types only: on an interface, composition writes the AND of
 * its implementations.
 *
 * @throws when the supergraph carries no policy at all, has one where it would not be looked for,
 *         or has a field without one that is no key, no part of a value type and not inaccessible.
 * @source ARCHITECTURE §4
 */
export function readPolicies(sdl: string): Policies {
  const supergraph = parse(sdl, { noLocation: true });
  const policy = directiveOf(supergraph, 'policy');
  if (!policy) throw new Error('The supergraph carries no @policy: every field would be open.');
  const inaccessible = directiveOf(supergraph, 'inaccessible');
  const roots = rootTypes(supergraph);
  const policies = new Map<string, Alternatives>();
  const bare: string[] = [];

  for (const type of supergraph.definitions) {
    const isObject = type.kind === Kind.OBJECT_TYPE_DEFINITION;
    const isLeaf =
      type.kind === Kind.SCALAR_TYPE_DEFINITION || type.kind === Kind.ENUM_TYPE_DEFINITION;
    if ((isObject || isLeaf) && mark(type, policy))
      throw new Error(`${type.name.value} carries @policy as a type; only fields may.`);
    if (!isObject || (inaccessible && mark(type, inaccessible))) continue;
    const fields = type.fields ?? [];
    const keys = keyFields(type);
    const isValue =
      keys.size === 0 &&
      !roots.has(type.name.value) &&
      fields.every((field) => !mark(field, policy));
    for (const field of fields) {
      const name = `${type.name.value}.${field.name.value}`;
      const guard = mark(field, policy);
      if (guard) policies.set(name, alternatives(guard, name));
      else if (isValue || keys.has(field.name.value)) policies.set(name, UNGUARDED);
      else if (!inaccessible || !mark(field, inaccessible)) bare.push(name);
    }
  }
  if (bare.length > 0)
    throw new Error(`The supergraph leaves fields without @policy: ${bare.join(', ')}.`);
  return policies;
}
