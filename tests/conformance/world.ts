/** Records of a supergraph, linked with one another, and how fields read them. */
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Resolvers, Values, World } from './supergraph.js';

class Link {
  constructor(
    readonly type: string,
    readonly key: Values,
  ) {}
}

/** A record of another type by its key; where there is none, its key is all that is known. */
export const link = (type: string, key: Values): unknown => new Link(type, key);

/** Whether a value has what a key says, as far as it says something of stored fields. */
function has(value: unknown, key: unknown): boolean {
  if (typeof key !== 'object' || key === null) return value === key;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(key)
    .filter(([name]) => name !== '__typename' && name in value)
    .every(([name, inner]) => has(Reflect.get(value, name), inner));
}

const isNamedBy = (record: Values, key: Values): boolean =>
  Object.keys(key).some((name) => name in record) && has(record, key);

export function makeWorld(records: Record<string, readonly Values[]>): World {
  const byType = new Map(
    Object.entries(records).map(([type, all]) => [
      type,
      all.map((one): Values => Object.assign(one, { __typename: type })),
    ]),
  );
  const world: World = {
    all: (...types) => [...byType].flatMap(([type, all]) => (types.includes(type) ? all : [])),
    find(type, key) {
      const own = byType.get(type);
      return (own ?? [...byType.values()].flat()).find((record) => isNamedBy(record, key));
    },
    done: [],
  };
  const linked = (value: unknown): unknown => {
    if (value instanceof Link)
      return world.find(value.type, value.key) ?? { __typename: value.type, ...value.key };
    if (Array.isArray(value)) return value.map(linked);
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    for (const [name, inner] of Object.entries(value)) Reflect.set(value, name, linked(inner));
    return value;
  };
  for (const record of [...byType.values()].flat())
    for (const [name, value] of Object.entries(record)) record[name] = linked(value);
  return world;
}

/** Root fields without a resolver answer the records of their type that match their arguments. */
function matching(world: World, args: Values, { schema, returnType }: GraphQLResolveInfo) {
  const type = getNamedType(returnType);
  if (!isCompositeType(type)) return undefined;
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const all = world.all(...types.map(({ name }) => name)).filter((record) => has(record, args));
  return isListType(getNullableType(returnType)) ? all : (all[0] ?? null);
}

/** Reads a field: by the first resolver that knows it, or as the property of its name. */
export const readField =
  (...known: readonly (Resolvers | undefined)[]): GraphQLFieldResolver<unknown, World> =>
  (source, args, world, info) => {
    const { parentType, fieldName, operation, schema } = info;
    const types = [parentType.name, ...parentType.getInterfaces().map(({ name }) => name)];
    for (const resolvers of known) {
      const resolve = types.map((type) => resolvers?.[type]?.[fieldName]).find(Boolean);
      if (resolve) return resolve(source as Values, args, world);
    }
    const isRoot =
      isObjectType(parentType) && schema.getRootType(operation.operation) === parentType;
    return isRoot ? matching(world, args, info) : Reflect.get(Object(source), fieldName);
  };
