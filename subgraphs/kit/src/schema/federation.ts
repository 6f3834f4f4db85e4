/** From decorated classes to a guarded subgraph schema and to its SDL. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { buildSchema, createResolversMap, type BuildSchemaOptions } from 'type-graphql';
import { readNullsAsAbsent } from './absent.js';
import { checkArguments, readArguments, type ReadArguments } from './arguments.js';
import { withoutClauses } from './clauses.js';
import { describeValue } from './labels.js';
import { maskSchema } from './mask.js';
import type { Guard, NamedRow } from './guard.js';
import { readGuards, type GuardedField } from './guards.js';
import { guardPlainFields, readPropertiesPlainly } from './plain-fields.js';
import { cell } from '../privacy/matrix.js';
import { sealSchema } from './sealed.js';
import { shieldSchema } from './shield.js';

// The lowest version that has what the offices use (`@policy` since 2.6): more composers take it.
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@external", "@inaccessible", "@key", "@policy", "@requires", "@shareable", "@tag"])\n\n`;

/** What an office gives to build its schema. */
export interface SchemaParts {
  readonly resolvers: BuildSchemaOptions['resolvers'];
  /** Types that no resolver names; type-graphql's metadata is global to the process. */
  readonly orphanedTypes: readonly (new () => object)[];
  /** How an entity of this office is read from its key. */
  readonly references: Readonly<Record<string, (reference: never, context: never) => unknown>>;
}

export interface OfficeSchema {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly guarded: readonly GuardedField[];
  /** What each argument reads. */
  readonly readBy: ReadArguments;
}

const directive = (source: string): ConstDirectiveNode => {
  const [definition] = parse(`type T { f: Int ${source} }`).definitions;
  const node = (definition as ObjectTypeDefinitionNode).fields?.[0]?.directives?.[0];
  if (!node) throw new Error(`Not a directive: ${source}`);
  return node;
};

const policyOf = (guard: Guard): string[] => {
  if (guard.kind === 'group') return [...guard.policies];
  return guard.kind === 'action' ? [guard.action] : [];
};

/** "Group: TUITION (FG16)." as the last line of a field's description. */
function describe(node: FieldDefinitionNode, guard: Guard): FieldDefinitionNode {
  const policies = policyOf(guard);
  if (!policies.length) return node;
  const named = policies.map((policy) =>
    guard.kind === 'action' ? policy : `${policy} (${cell('PUBLIC', policy as never).clause})`,
  );
  const line = `${guard.kind === 'action' ? 'Action' : 'Group'}: ${named.join(' and ')}.`;
  const value = node.description ? `${node.description.value}\n${line}` : line;
  return { ...node, description: { kind: Kind.STRING, value, block: true } };
}

/** "The `studentNo` of the Archive." for an `id` that the arguments do not describe themselves. */
function describeId(node: FieldDefinitionNode, row: NamedRow | undefined): FieldDefinitionNode {
  if (!row) return node;
  const value = `The \`${row.field}\` of the ${row.type}.`;
  const described = node.arguments?.map((argument) =>
    argument.name.value === 'id' && !argument.description
      ? { ...argument, description: { kind: Kind.STRING as const, value, block: true } }
      : argument,
  );
  return { ...node, ...(described && { arguments: described }) };
}

const isExternal = (node: FieldDefinitionNode): boolean =>
  node.directives?.some((d) => d.name.value === 'external') ?? false;

/**
 * Write the guards into the SDL: `@policy` on every guarded field, never on a type (the gateway
 * would read AND) nor on an interface (composition forbids it); `@requires(fields: "access")` on
 * every guarded field of a type that brings the decision along.
 */
function printGuarded(schema: GraphQLSchema, guarded: readonly GuardedField[]): string {
  const guards = new Map(guarded.map((g) => [`${g.type.name}.${g.field.name}`, g]));
  const described = parse(printSchemaWithDirectives(lexicographicSortSchema(schema)));
  const document = visit(described, {
    StringValue: (node, key) =>
      key === 'description' ? { ...node, value: withoutClauses(node.value) } : undefined,
  });
  const written = visit(document, {
    ObjectTypeDefinition(type) {
      const bringsAccess = type.fields?.some((f) => f.name.value === 'access' && isExternal(f));
      const fields = type.fields?.map((field) => {
        const found = guards.get(`${type.name.value}.${field.name.value}`);
        const policies = found ? policyOf(found.guard) : [];
        if (!found || !policies.length) return field;
        const added = [directive(`@policy(policies: [${JSON.stringify(policies)}])`)];
        if (bringsAccess) added.unshift(directive('@requires(fields: "access")'));
        const { names } = found.field.extensions as { names?: NamedRow };
        const described = describe(describeId(field, names), found.guard);
        return { ...described, directives: [...(field.directives ?? []), ...added] };
      });
      return fields ? { ...type, fields } : undefined;
    },
    EnumTypeDefinition(type) {
      const values = type.values?.map((value) => {
        const words = describeValue(type.name.value, value.name.value);
        const more = value.description && `\n${value.description.value}`;
        const description = { kind: Kind.STRING as const, value: `${words}${more ?? ''}` };
        return { ...value, description };
      });
      return values ? { ...type, values } : undefined;
    },
    InterfaceTypeDefinition(type) {
      const fields = type.fields?.map((field) => ({
        ...field,
        directives: (field.directives ?? []).filter((d) => d.name.value !== 'policy'),
      }));
      return fields ? { ...type, fields } : undefined;
    },
  });
  return `${LINK}${print(written)}\n`;
}

/** The schema of an office as its classes say it, with no guard around anything. */
export function unguardedSchema({ resolvers, orphanedTypes }: SchemaParts): Promise<GraphQLSchema> {
  readPropertiesPlainly();
  return buildSchema({
    resolvers,
    orphanedTypes: [...orphanedTypes],
    validate: false,
    skipCheck: true,
  });
}

const built = new WeakMap<SchemaParts, Promise<OfficeSchema>>();

/**
 * Build an office's schema: every field marked, shielded, masked, and served as a subgraph.
 *
 * @throws Error naming each field without a privacy group, each mutation without an action, and each
 *         argument that does not say which field it reads.
 * One definition is built once in a process, however often it is started.
 */
export function buildOfficeSchema(parts: SchemaParts): Promise<OfficeSchema> {
  const known = built.get(parts) ?? buildNew(parts);
  built.set(parts, known);
  return known;
}

async function buildNew(parts: SchemaParts): Promise<OfficeSchema> {
  const plain = await unguardedSchema(parts);
  const guarded = readGuards(plain);
  const readBy = readArguments(plain, guarded);
  const sdl = printGuarded(plain, guarded);
  // Inside the shield, which refuses the whole field first.
  checkArguments(plain, guarded, readBy);
  // Before buildSubgraphSchema: the other order would deny `_entities` and `_service` themselves.
  const shielded = shieldSchema(plain, guarded);
  guardPlainFields(shielded, guarded);
  maskSchema(shielded, guarded);
  sealSchema(shielded, guarded);
  const resolvers = createResolversMap(shielded);
  for (const [type, resolve] of Object.entries(parts.references))
    Object.assign((resolvers[type] ??= {}), {
      // Asynchronous, so that what one refuses is one item's error and not the whole batch's.
      __resolveReference: async (reference: never, context: never) => resolve(reference, context),
    });
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  // Around everything: neither the check of arguments nor a resolver gets a null.
  readNullsAsAbsent(schema);
  return { schema, sdl, guarded, readBy };
}
