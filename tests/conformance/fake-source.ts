/** Subgraphs of any supergraph that answer made-up data: the same for the same entity and field. */
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHash } from 'node:crypto';
import {
  execute,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { asJson } from './answer.js';
import type { Values } from './supergraph.js';

/** One field in so many is null where it may be, and one in so many fails. */
const NULL = 9;
const FAILING = 60;
const ENTITIES = 4;

/** A number that looks random and is the same for the same text. */
const hashOf = (text: string): number => createHash('md5').update(text).digest().readUInt32LE();

/** What a made-up object is made of. */
interface Made {
  readonly __typename: string;
  /** Of an entity its type and key, of any other object the place where it was found first. */
  readonly seed: string;
  readonly key?: Values;
}

/** The keys of the entities of a subgraph, which are single fields. */
function keysOf(schema: GraphQLSchema): Map<string, string> {
  const keys = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    const key = isObjectType(type)
      ? type.astNode?.directives?.find(({ name }) => name.value === 'key')
      : undefined;
    const fields = key?.arguments?.find(({ name }) => name.value === 'fields')?.value;
    if (fields?.kind === 'StringValue') keys.set(type.name, fields.value);
  }
  return keys;
}

function makeValues(schema: GraphQLSchema): GraphQLFieldResolver<unknown, unknown> {
  const keys = keysOf(schema);

  const madeOf = (typename: string, seed: string): Made => {
    const key = keys.get(typename);
    if (!key) return { __typename: typename, seed };
    const value = String(hashOf(seed) % ENTITIES);
    return { __typename: typename, seed: `${typename} ${value}`, key: { [key]: value } };
  };

  const make = (type: GraphQLOutputType, seed: string): unknown => {
    const number = hashOf(seed);
    if (isNonNullType(type)) return makeSure(type.ofType, seed, number);
    return number % NULL === 0 ? null : makeSure(type, seed, number);
  };
  const makeSure = (type: GraphQLOutputType, seed: string, number: number): unknown => {
    if (isNonNullType(type)) return makeSure(type.ofType, seed, number);
    if (isListType(type))
      return Array.from({ length: number % 4 }, (_, i) => make(type.ofType, `${seed} ${i}`));
    if (isEnumType(type)) {
      const values = type.getValues();
      return values[number % values.length]?.name;
    }
    if (isAbstractType(type)) {
      const types = schema.getPossibleTypes(type);
      return madeOf(types[number % types.length]!.name, seed);
    }
    if (isObjectType(type)) return madeOf(type.name, seed);
    if (type.name === 'Int') return number % 100;
    if (type.name === 'Float') return (number % 100) / 8;
    return type.name === 'Boolean' ? number % 2 === 0 : `${type.name} ${number % 1000}`;
  };

  return (source, args, _, { fieldName, parentType, returnType }) => {
    const { seed = parentType.name, key = {} } = (source ?? {}) as Partial<Made>;
    if (fieldName in key) return key[fieldName];
    const needed = requiredFields(schema, parentType.name, fieldName)
      .map((name) => JSON.stringify(Reflect.get(Object(source), name)))
      .join();
    const place = `${seed} ${parentType.name}.${fieldName} ${JSON.stringify(args)} ${needed}`;
    if (hashOf(`fails ${place}`) % FAILING === 0) throw new GraphQLError(`No ${fieldName}.`);
    return make(returnType, place);
  };
}

/** What a field needs of other subgraphs: its value depends on it. */
function requiredFields(schema: GraphQLSchema, type: string, field: string): string[] {
  const found = schema.getType(type);
  const { astNode } = (isObjectType(found) && found.getFields()[field]) || {};
  const directive = astNode?.directives?.find(({ name }) => name.value === 'requires');
  const value = directive?.arguments?.[0]?.value;
  return value?.kind === 'StringValue' ? value.value.split(' ') : [];
}

/** An entity by its representation, with the required fields that were sent. */
const referenced = ({ __typename, ...sent }: Values, key: string): Made & Values => ({
  ...sent,
  __typename: String(__typename),
  seed: `${String(__typename)} ${String(sent[key])}`,
  key: { [key]: sent[key] },
});

/** Sources of all subgraphs of a supergraph. */
export function fakeSources(supergraphSdl: string): Map<string, GraphQLDataSource> {
  const sources = new Map<string, GraphQLDataSource>();
  for (const subgraph of Supergraph.build(supergraphSdl).subgraphs()) {
    const schema = buildSubgraphSchema([{ typeDefs: parse(subgraph.toString()) }]);
    for (const [type, key] of keysOf(schema)) {
      const resolveReference = (sent: Values) => referenced(sent, key);
      Object.assign(schema.getType(type)!.extensions, {
        apollo: { subgraph: { resolveReference } },
      });
    }
    const fieldResolver = makeValues(schema);
    sources.set(subgraph.name, {
      process: async ({ request }) =>
        asJson(
          await execute({
            schema,
            document: parse(request.query ?? ''),
            fieldResolver,
            variableValues: request.variables ?? {},
          }),
        ),
    });
  }
  return sources;
}
