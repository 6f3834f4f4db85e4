/** The product's supergraph as other gateways can serve it: without policies, without `access`. */
import { Kind, parse, print, visit, type ConstDirectiveNode } from 'graphql';

const POLICY = 'policy';
/** Field by which the archive's decision travels, and the requirement that brings it along. */
const ACCESS = 'access';

const valueOf = (node: ConstDirectiveNode, name: string): string | undefined => {
  const value = node.arguments?.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

/**
 * @param addressOf  Origin at which an office answers.
 * @throws Error for a requirement of `access` together with something else: it cannot be taken out.
 */
export function strippedSupergraph(
  supergraph: string,
  addressOf: (office: string) => string,
): string {
  const withoutAccess = (node: ConstDirectiveNode): ConstDirectiveNode => {
    const required = valueOf(node, 'requires');
    if (required === undefined || !required.split(/\W+/).includes(ACCESS)) return node;
    if (required !== ACCESS) throw new Error(`${required} requires more than ${ACCESS}.`);
    const rest = node.arguments?.filter(({ name }) => name.value !== 'requires') ?? [];
    return { ...node, arguments: rest };
  };
  const atAddress = (node: ConstDirectiveNode): ConstDirectiveNode => {
    const url = `${addressOf(valueOf(node, 'name') ?? '')}/graphql`;
    return {
      ...node,
      arguments: (node.arguments ?? []).map((argument) =>
        argument.name.value === 'url'
          ? { ...argument, value: { kind: Kind.STRING, value: url } }
          : argument,
      ),
    };
  };
  const isOfPolicy = (node: ConstDirectiveNode): boolean =>
    node.name.value === POLICY ||
    (node.name.value === 'link' && (valueOf(node, 'url') ?? '').includes(`/${POLICY}/`));

  const stripped = visit(parse(supergraph), {
    Directive(node) {
      const directive = node as ConstDirectiveNode;
      if (isOfPolicy(directive)) return null;
      if (node.name.value === 'join__field') return withoutAccess(directive);
      return node.name.value === 'join__graph' ? atAddress(directive) : undefined;
    },
    DirectiveDefinition: ({ name }) => (name.value === POLICY ? null : undefined),
    ScalarTypeDefinition: ({ name }) => (name.value.startsWith(`${POLICY}__`) ? null : undefined),
    FieldDefinition: ({ name }) => (name.value === ACCESS ? null : undefined),
  });
  return `${print(stripped)}\n`;
}
