/** How large a document is, its fragments unfolded. Pure, and linear in the text. Source: DOMAIN 3.7(10). */
import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { LimitName } from './request-limits.js';

interface Unfolded {
  /** Fields below one another. */
  readonly depth: number;
  /** Fields and fragments, each as often as it is spread. */
  readonly selections: number;
  /** Fields of the outermost level. */
  readonly fields: number;
  /** Selections of a response key that the same set has already. */
  readonly repeats: number;
}
const NOTHING: Unfolded = { depth: 0, selections: 0, fields: 0, repeats: 0 };

/** Sizes of fragments, each measured once however often it is spread. */
interface Unfolding {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly known: Map<string, Unfolded>;
}

export const fragmentsOf = ({
  definitions,
}: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );

/** Response keys of a set, those of inline fragments included: they are merged with one another. */
const keysOf = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [(one.alias ?? one.name).value];
    return one.kind === Kind.INLINE_FRAGMENT ? keysOf(one.selectionSet) : [];
  });

function repeatsOf(set: SelectionSetNode): number {
  const keys = keysOf(set);
  return keys.length - new Set(keys).size;
}

/** @param repeated  Repeats within the set itself; those of an inline fragment are its parent's. */
function unfoldSet(
  unfolding: Unfolding,
  set: SelectionSetNode,
  repeated = repeatsOf(set),
): Unfolded {
  let { depth, selections, fields, repeats } = { ...NOTHING, repeats: repeated };
  for (const selection of set.selections) {
    const one = unfold(unfolding, selection);
    depth = Math.max(depth, one.depth);
    selections += one.selections;
    fields += one.fields;
    repeats += one.repeats;
  }
  return { depth, selections, fields, repeats };
}

function unfoldFragment(unfolding: Unfolding, name: string): Unfolded {
  const known = unfolding.known.get(name);
  if (known) return known;
  // One that leads back to itself counts as nothing there: it is not valid.
  unfolding.known.set(name, NOTHING);
  const fragment = unfolding.fragments.get(name);
  const unfolded = fragment ? unfoldSet(unfolding, fragment.selectionSet) : NOTHING;
  unfolding.known.set(name, unfolded);
  return unfolded;
}

function unfold(unfolding: Unfolding, selection: SelectionNode): Unfolded {
  if (selection.kind !== Kind.FIELD) {
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? unfoldSet(unfolding, selection.selectionSet, 0)
        : unfoldFragment(unfolding, selection.name.value);
    return { ...inner, selections: inner.selections + 1 };
  }
  // What a schema says of itself is bounded by the schema.
  const isMeta = selection.name.value.startsWith('__');
  const { selectionSet } = selection;
  const below = selectionSet ? unfoldSet(unfolding, selectionSet) : NOTHING;
  return {
    depth: isMeta ? 1 : below.depth + 1,
    selections: below.selections + 1,
    fields: 1,
    repeats: below.repeats,
  };
}

const CONDITIONAL: ReadonlySet<string> = new Set([
  GraphQLIncludeDirective.name,
  GraphQLSkipDirective.name,
]);
const variablesOf = ({ arguments: given = [] }: DirectiveNode): string[] =>
  given.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : []));

/** What stands in the text, each once. */
function countWritten(document: DocumentNode) {
  let [aliases, directives, variables] = [0, 0, 0];
  const conditions = new Set<string>();
  visit(document, {
    Field: ({ alias }) => void (aliases += alias ? 1 : 0),
    VariableDefinition: () => void (variables += 1),
    Directive(directive) {
      directives += 1;
      if (!CONDITIONAL.has(directive.name.value)) return;
      for (const name of variablesOf(directive)) conditions.add(name);
    },
  });
  return { aliases, directives, variables, conditions: conditions.size };
}

/** All sizes of a document that its schema does not matter for. */
export function sizesOf(document: DocumentNode): Partial<Record<LimitName, number>> {
  const fragments = fragmentsOf(document);
  const unfolding: Unfolding = { fragments, known: new Map() };
  const operations = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [unfoldSet(unfolding, one.selectionSet)] : [],
  );
  // What no operation spreads is validated all the same.
  const all = [
    ...operations,
    ...[...fragments.keys()]
      .filter((name) => !unfolding.known.has(name))
      .map((name) => unfoldFragment(unfolding, name)),
  ];
  const sum = (count: (one: Unfolded) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  return {
    operations: operations.length,
    fragments: fragments.size,
    ...countWritten(document),
    depth: Math.max(0, ...all.map(({ depth }) => depth)),
    selections: sum(({ selections }) => selections),
    rootFields: Math.max(0, ...operations.map(({ fields }) => fields)),
    repeats: sum(({ repeats }) => repeats),
  };
}
