import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type DirectiveNode,
  type InlineFragmentNode,
  type SelectionNode,
} from 'graphql';

/** A Boolean variable that must be so for a selection to be included. */
interface Condition {
  readonly variable: string;
  readonly wanted: boolean;
}
/** All must hold. */
export type Conditions = readonly Condition[];
export type Variables = Readonly<Record<string, unknown>>;

const isConditional = ({ name }: DirectiveNode): boolean =>
  name.value === GraphQLIncludeDirective.name || name.value === GraphQLSkipDirective.name;

/** The conditions of a selection and of what it stands in; null when a literal excludes it. */
export function conditionsOf(selection: SelectionNode, outer: Conditions): Conditions | null {
  const conditions = [...outer];
  for (const directive of selection.directives ?? []) {
    if (!isConditional(directive)) continue;
    const wanted = directive.name.value === GraphQLIncludeDirective.name;
    const value = directive.arguments?.find((one) => one.name.value === 'if')?.value;
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return null;
    if (value?.kind !== Kind.VARIABLE) continue;
    const variable = value.name.value;
    if (!conditions.some((one) => one.variable === variable && one.wanted === wanted))
      conditions.push({ variable, wanted });
  }
  return conditions;
}

export const holds = (conditions: Conditions, variables: Variables): boolean =>
  conditions.every(({ variable, wanted }) => variables[variable] === wanted);

export const withoutConditions = (
  directives: readonly DirectiveNode[] = [],
): readonly DirectiveNode[] => directives.filter((directive) => !isConditional(directive));

/** Selections that are included only under conditions: one inline fragment around the other. */
export const under = (
  conditions: Conditions,
  selections: readonly SelectionNode[],
): readonly SelectionNode[] =>
  conditions.reduceRight<readonly SelectionNode[]>(
    (inner, { variable, wanted }) => [
      {
        kind: Kind.INLINE_FRAGMENT,
        directives: [
          {
            kind: Kind.DIRECTIVE,
            name: { kind: Kind.NAME, value: wanted ? 'include' : 'skip' },
            arguments: [
              {
                kind: Kind.ARGUMENT,
                name: { kind: Kind.NAME, value: 'if' },
                value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
              },
            ],
          },
        ],
        selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
      } satisfies InlineFragmentNode,
    ],
    selections,
  );
