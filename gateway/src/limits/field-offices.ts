/** Which office answers a field, by what the composed graph says of it. */
import { Kind, parse, type ConstDirectiveNode, type FieldDefinitionNode } from 'graphql';

/** `Type.field` → office. What is not there is answered by the office of the object it belongs to. */
export type FieldOffices = ReadonlyMap<string, string>;

interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function argumentOf({ arguments: given = [] }: ConstDirectiveNode, name: string) {
  const value = given.find((one) => one.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}

const marks = ({ directives = [] }: Marked, name: string): readonly ConstDirectiveNode[] =>
  directives.filter((one) => one.name.value === name);

/** The graph that resolves a field; the others only know it by its key. */
function graphOf(field: FieldDefinitionNode): unknown {
  const joined = marks(field, 'join__field').find((one) => argumentOf(one, 'external') !== true);
  return joined && argumentOf(joined, 'graph');
}

/** A type that one graph alone has. */
function onlyGraph(type: Marked): unknown {
  const graphs = new Set(marks(type, 'join__type').map((one) => argumentOf(one, 'graph')));
  return graphs.size === 1 ? [...graphs][0] : undefined;
}

export function readFieldOffices(supergraphSdl: string): FieldOffices {
  const offices = new Map<string, string>();
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    const own = onlyGraph(type);
    for (const field of type.fields ?? []) {
      const graph = graphOf(field) ?? own;
      if (typeof graph === 'string') offices.set(`${type.name.value}.${field.name.value}`, graph);
    }
  }
  return offices;
}
