import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type DirectiveNode,
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
  for (const one of selection.directives ?? []) {
    if (!isConditional(one)) continue;
    const wanted = one.name.value === GraphQLIncludeDirective.name;
    const value = one.arguments?.find(({ name }) => name.value === 'if')?.value;
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return null;
    if (value?.kind !== Kind.VARIABLE) continue;
    const variable = value.name.value;
    if (!conditions.some((had) => had.variable === variable && had.wanted === wanted))
      conditions.push({ variable, wanted });
  }
  return conditions;
}

export const holds = (conditions: Conditions, variables: Variables): boolean =>
  conditions.every(({ variable, wanted }) => variables[variable] === wanted);

const directive = ({ variable, wanted }: Condition): DirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: (wanted ? GraphQLIncludeDirective : GraphQLSkipDirective).name },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'if' },
      value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    },
  ],
});

/** Conditions as one node can carry them, at most one of a kind; `others` must stand around it. */
export function asDirectives(
  conditions: Conditions,
  directives: readonly DirectiveNode[] = [],
): { readonly directives: readonly DirectiveNode[]; readonly others: Conditions } {
  const include = conditions.find(({ wanted }) => wanted);
  const skip = conditions.find(({ wanted }) => !wanted);
  const own = [include, skip].filter((one) => one !== undefined);
  return {
    directives: [...directives.filter((one) => !isConditional(one)), ...own.map(directive)],
    others: conditions.filter((one) => !own.includes(one)),
  };
}
