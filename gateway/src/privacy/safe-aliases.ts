/**
 * Names that a caller chose and the planner never gets. The planner selects keys, required fields
 * and `__typename` beside what is selected, under their own names, and takes an alias of such a
 * name for them: `{ student { studentNo: classCode } }` requested a student of that number from the
 * offices. So every alias gets another name on the way, `{ student { _0: classCode } }`, and its
 * own one back in the answer. The variable `$representations` is the planner's own as well.
 */
import { Kind, visit, type DocumentNode, type FieldNode } from 'graphql';

/** Names of the caller by those that stand in their place. */
export type Originals = ReadonlyMap<string, string>;

export interface Renamed {
  readonly document: DocumentNode;
  readonly aliases: Originals;
  readonly variables: Originals;
}

/** No name of a schema begins so. */
const PREFIX = '_';
const OF_PLANNER = 'representations';

/** One other name for each; a response key that is selected twice stays one. */
function renaming() {
  const names = new Map<string, string>();
  return {
    nameOf(original: string): string {
      const name = names.get(original) ?? `${PREFIX}${names.size}`;
      names.set(original, name);
      return name;
    },
    originals: (): Originals => new Map([...names].map(([original, name]) => [name, original])),
  };
}

export function renameForPlanner(document: DocumentNode): Renamed {
  const aliases = renaming();
  const variables = renaming();
  const renamed = visit(document, {
    Field(node) {
      const { alias, name } = node;
      if (!alias || alias.value === name.value) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: aliases.nameOf(alias.value) } };
    },
    Variable(node) {
      if (node.name.value !== OF_PLANNER) return undefined;
      return { ...node, name: { kind: Kind.NAME, value: variables.nameOf(OF_PLANNER) } };
    },
  });
  return { document: renamed, aliases: aliases.originals(), variables: variables.originals() };
}

/** The response key under which a field is forwarded. */
export function forwardedKeys(aliases: Originals): (field: { readonly node: FieldNode }) => string {
  const names = new Map([...aliases].map(([name, original]) => [original, name]));
  return ({ node: { alias, name } }) =>
    alias && alias.value !== name.value ? (names.get(alias.value) ?? alias.value) : name.value;
}
