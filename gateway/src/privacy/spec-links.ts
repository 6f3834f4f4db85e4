import { Kind, type DirectiveNode, type DocumentNode, type ValueNode } from 'graphql';

/** One `@link` of a supergraph. */
export interface SpecLink {
  /** `policy` of `https://specs.apollo.dev/policy/v0.1`. */
  readonly spec: string;
  readonly link: DirectiveNode;
}

const SPEC = /^https:\/\/specs\.apollo\.dev\/([A-Za-z]+)\/v\d+\.\d+$/;

const argument = (directive: DirectiveNode, name: string): ValueNode | undefined =>
  directive.arguments?.find((one) => one.name.value === name)?.value;

const text = (value: ValueNode | undefined): string | undefined =>
  value?.kind === Kind.STRING ? value.value : undefined;

/** The spec that a directive on the schema links, if it links one. */
export function specLink(link: DirectiveNode): SpecLink | null {
  const spec = SPEC.exec(text(argument(link, 'url')) ?? '')?.[1];
  return spec ? { spec, link } : null;
}

/** `import: ["@policy"]` or `import: [{ name: "@policy", as: "@guard" }]`. */
function importedAs(link: DirectiveNode, name: string): string | undefined {
  const imports = argument(link, 'import');
  if (imports?.kind !== Kind.LIST) return undefined;
  for (const one of imports.values) {
    if (text(one) === name) return name;
    if (one.kind !== Kind.OBJECT) continue;
    const part = (key: string) => text(one.fields.find((field) => field.name.value === key)?.value);
    if (part('name') === name) return part('as') ?? name;
  }
  return undefined;
}

/**
 * Name under which a supergraph applies the directive that a spec is named after, without `@`.
 * An import may rename it; a link `as` renames it with its whole spec.
 *
 * @returns null when the supergraph does not link the spec.
 */
export function directiveOf(supergraph: DocumentNode, spec: string): string | null {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION)
      continue;
    for (const directive of definition.directives ?? []) {
      if (specLink(directive)?.spec !== spec) continue;
      const imported = importedAs(directive, `@${spec}`)?.slice(1);
      return imported ?? text(argument(directive, 'as')) ?? spec;
    }
  }
  return null;
}
