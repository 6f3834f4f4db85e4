import { Kind, parse, type SelectionSetNode } from 'graphql';

function collect(selection: SelectionSetNode | undefined, keys: Set<string>): void {
  for (const node of selection?.selections ?? []) {
    if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet, keys);
    if (node.kind !== Kind.FIELD) continue;
    if (node.name.value === '_entities') collect(node.selectionSet, keys);
    else if (!node.name.value.startsWith('__')) keys.add((node.alias ?? node.name).value);
  }
}

/** The response keys that one fetch of the planner was to fill. */
export function responseKeys(query: string): string[] {
  const keys = new Set<string>();
  for (const definition of parse(query).definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet, keys);
  return [...keys];
}
