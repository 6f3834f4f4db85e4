/** Subgraphs that run in this process, and the supergraph that is composed of them. */
import { composeServices } from '@apollo/composition';
import type { GraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  isInterfaceType,
  isObjectType,
  parse,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { asJson, type Answer } from './answer.js';
import type { ConformanceSupergraph, Subgraph, Values, World } from './supergraph.js';
import { makeWorld, readField } from './world.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key",
  "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible",
  "@interfaceObject", "@tag"])`;

const subgraphOf = (given: string | Subgraph): Subgraph =>
  typeof given === 'string' ? { typeDefs: given } : given;

const documentOf = (given: string | Subgraph): DocumentNode =>
  parse(`${LINK}\n${subgraphOf(given).typeDefs}`);

export function compose({ name, subgraphs }: ConformanceSupergraph): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([subgraph, given]) => ({
      name: subgraph,
      url: `http://${subgraph}.invalid`,
      typeDefs: documentOf(given),
    })),
  );
  if (!supergraphSdl) throw new Error(`${name}: ${errors?.map(({ message }) => message).join()}`);
  return supergraphSdl;
}

/** Fields of a type that this subgraph only knows from representations. */
function externalFields(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields())
    .filter(({ astNode }) => astNode?.directives?.some((one) => one.name.value === 'external'))
    .map((field) => field.name);
}

/** The record that a representation names. What is external is known as far as the gateway sends it. */
function referenced(
  subgraph: Subgraph,
  { __typename, ...sent }: Values,
  world: World,
  schema: GraphQLSchema,
): unknown {
  const name = String(__typename);
  const refused = subgraph.resolvers?.[name]?.['__reference']?.(sent, {}, world);
  if (refused !== undefined) return refused;
  const record = world.find(name, sent) ?? {};
  const external = externalFields(schema, name);
  const own = Object.entries(record).filter(([field]) => !external.includes(field));
  const isObject = isObjectType(schema.getType(name));
  return { ...sent, ...Object.fromEntries(own), ...(isObject && { __typename: name }) };
}

function schemaOf(given: string | Subgraph): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: documentOf(given) }]);
  const resolveReference = (representation: Values, world: World) =>
    referenced(subgraphOf(given), representation, world, schema);
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) || isInterfaceType(type))
      Object.assign(type.extensions, { apollo: { subgraph: { resolveReference } } });
  return schema;
}

export interface Subgraphs {
  readonly supergraphSdl: string;
  sourceOf(subgraph: string): GraphQLDataSource;
  /** Undoes what mutations did. */
  reset(): void;
}

export function openSubgraphs(supergraph: ConformanceSupergraph): Subgraphs {
  let world = makeWorld(supergraph.records());
  const sources = new Map(
    Object.entries(supergraph.subgraphs).map(([name, given]): [string, GraphQLDataSource] => {
      const schema = schemaOf(given);
      const { resolvers, change = (answer: Answer) => answer } = subgraphOf(given);
      const fieldResolver = readField(resolvers, supergraph.resolvers);
      const process: GraphQLDataSource['process'] = async ({ request }) => {
        const document = parse(request.query ?? '');
        const answer = await execute({
          schema,
          document,
          fieldResolver,
          contextValue: world,
          variableValues: request.variables ?? {},
        });
        return change(asJson(answer), document);
      };
      return [name, { process }];
    }),
  );
  return {
    supergraphSdl: compose(supergraph),
    sourceOf: (name) => sources.get(name)!,
    reset: () => void (world = makeWorld(supergraph.records())),
  };
}
