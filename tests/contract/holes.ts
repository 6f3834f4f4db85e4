/** Walks a schema as it is served, in text, and names what nobody guards (DOMAIN 3.1, 3.8). */
import { actionOf } from '@chengxin/kit/action/actions';
import { AUTHENTICATED, isGroup } from '@chengxin/kit/privacy/groups';
import { ROLES } from '@chengxin/kit/privacy/roles';
import { readTable } from '@chengxin/kit/privacy/tables';
import { refusedByRole } from '@chengxin/kit/privacy/verdict';
import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';

type Type = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;
interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);
/** Types whose guarded fields are entrances: refused, they must take nothing else along. */
const ENTRANCES: ReadonlySet<string> = new Set(['Query', 'Student']);
/** What the planner and the offices select, no client. */
const MACHINERY: ReadonlySet<string> = new Set(['_entities', '_service']);

/** Types of which the reviewed table says that some field has a group. */
const GROUPED: ReadonlySet<string> = new Set(
  readTable('field-groups')
    .filter(({ group = '' }) => group.split('&').some(isGroup))
    .map(({ type = '' }) => type),
);

const marks = (node: Marked, name: string): readonly ConstDirectiveNode[] =>
  node.directives?.filter((one) => one.name.value === name) ?? [];
const argument = (directive: ConstDirectiveNode | undefined, name: string): ValueNode | undefined =>
  directive?.arguments?.find((one) => one.name.value === name)?.value;
const isTrue = (value: ValueNode | undefined): boolean =>
  value?.kind === Kind.BOOLEAN && value.value;
const items = (value: ValueNode | undefined): readonly ValueNode[] =>
  value?.kind === Kind.LIST ? value.values : [];

const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

/** Keeps what is read of a node: the walker is tried on one document with each field changed. */
function once<Node extends object, Read>(read: (node: Node) => Read): (node: Node) => Read {
  const known = new WeakMap<Node, Read>();
  return (node) => {
    const found = known.get(node) ?? read(node);
    known.set(node, found);
    return found;
  };
}

/** Every name of a field's policies, whatever the alternatives. */
const policiesOf = once((field: FieldDefinitionNode): readonly string[] =>
  marks(field, 'policy')
    .flatMap((policy) => items(argument(policy, 'policies')))
    .flatMap(items)
    .map((name) => (name.kind === Kind.STRING ? name.value : '')),
);

/** Key fields: `@key(fields:)` of an office, `@join__type(key:)` of a supergraph. */
const keysOf = once(
  (type: Type): ReadonlySet<string> =>
    new Set(
      [
        ...marks(type, 'key').map((key) => argument(key, 'fields')),
        ...marks(type, 'join__type').map((join) => argument(join, 'key')),
      ].flatMap((value) => (value?.kind === Kind.STRING ? value.value.split(/[\s{}]+/) : [])),
    ),
);

/** Whether a field is brought along for others, or hidden from clients. */
const isHidden = (field: FieldDefinitionNode): boolean =>
  marks(field, 'inaccessible').length > 0 ||
  marks(field, 'external').length > 0 ||
  marks(field, 'join__field').some((join) => isTrue(argument(join, 'external')));

interface Place {
  readonly type: string;
  readonly field: FieldDefinitionNode;
}
const named = ({ type, field }: Place): string => `${type}.${field.name.value}`;

/** What is wrong with the policies of a field, in words. */
function ofPolicies(place: Place, names: readonly string[]): readonly string[] {
  const { type, field } = place;
  if (type === 'Mutation') {
    const [action, ...others] = names;
    const row = action ? actionOf(action) : undefined;
    if (!row || others.length) return [`${named(place)} has no row of the action table`];
    return row.entrance === field.name.value
      ? []
      : [`${named(place)} takes ${row.name}, whose mutation is ${row.entrance}`];
  }
  const strange = names.filter((name) => name !== AUTHENTICATED && !isGroup(name));
  return strange.map((name) => `${named(place)} has the unknown group ${name}`);
}

/** Whether some role that sees the group is shown nothing of this field of it. */
const isMaskedForSome = ({ type, field }: Place, names: readonly string[]): boolean =>
  ROLES.some((role) =>
    names.some((name) => refusedByRole(role, name, type, field.name.value)?.masked),
  );

function ofNullability(place: Place, names: readonly string[]): readonly string[] {
  if (place.field.type.kind !== Kind.NON_NULL_TYPE || place.type === 'Mutation') return [];
  if (ENTRANCES.has(place.type)) return [`${named(place)} is an entrance that cannot be null`];
  return isMaskedForSome(place, names) ? [`${named(place)} is masked and cannot be null`] : [];
}

/**
 * Fields and operations without a group, mutations without a row of their own in the action table,
 * and guarded entrances and masked fields that cannot be null, each in words; empty when all is shut.
 *
 * A type without any group is a value type if the reviewed table gives none of its fields one: it
 * is decided by the field that returns it, which must have one or stand in a value type itself.
 */
export function holesOf(document: DocumentNode): readonly string[] {
  const types = document.definitions.filter(
    (node): node is Type =>
      (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) &&
      marks(node, 'inaccessible').length === 0,
  );
  const isValue = (type: Type): boolean =>
    !ROOTS.has(type.name.value) &&
    !GROUPED.has(type.name.value) &&
    keysOf(type).size === 0 &&
    (type.fields ?? []).every((field) => policiesOf(field).length === 0);
  const values = new Set(types.filter(isValue).map((type) => type.name.value));

  return types.flatMap((type) => {
    const keys = keysOf(type);
    return (type.fields ?? []).flatMap((field) => {
      const place = { type: type.name.value, field };
      const names = policiesOf(field);
      if (names.length) return [...ofPolicies(place, names), ...ofNullability(place, names)];
      if (values.has(place.type) || isHidden(field) || MACHINERY.has(field.name.value)) return [];
      if (!keys.has(field.name.value)) return [`${named(place)} has no group`];
      const isLeaf = !types.some((one) => one.name.value === namedType(field.type));
      return isLeaf ? [] : [`${named(place)} is a key that returns an object`];
    });
  });
}

/** The holes of a schema in text. */
export const holesIn = (sdl: string): readonly string[] =>
  holesOf(parse(sdl, { noLocation: true }));
