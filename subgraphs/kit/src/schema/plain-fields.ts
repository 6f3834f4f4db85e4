/**
 * Fields that are plain properties of a row: guarded and answered in one synchronous step. The shield
 * stands around every field; here its rule is judged without its promises (docs/decisions/0045).
 */
import { getNamedType, isLeafType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../call/context.js';
import type { Guard } from './guard.js';
import { guardsByName, type GuardedField, type Guards } from './guards.js';
import { judgeOf } from './judge.js';

/** A field as type-graphql knows it. */
interface FieldMetadata {
  readonly name: string;
  readonly schemaName: string;
  simple?: boolean;
}
interface MetadataStorage {
  readonly fields: readonly FieldMetadata[];
}

/**
 * Before a schema is built: fields that are nothing but a property get no resolver of type-graphql's,
 * whose middleware answers each of them by a promise.
 *
 * @throws Error when type-graphql keeps its metadata elsewhere.
 */
export function readPropertiesPlainly(): void {
  const { TypeGraphQLMetadataStorage: storage } = globalThis as unknown as {
    TypeGraphQLMetadataStorage?: MetadataStorage;
  };
  if (!storage) throw new Error('type-graphql keeps its metadata elsewhere.');
  for (const field of storage.fields) if (field.name === field.schemaName) field.simple ??= true;
}

type Resolver = GraphQLFieldResolver<unknown, Context>;

const propertyOf =
  (name: string): Resolver =>
  (row) =>
    (row as Record<string, unknown>)[name];

function plainResolver({ type, field, guard }: GuardedField, guards: Guards): Resolver {
  const read = propertyOf(field.name);
  if (guard.kind !== 'group') return read;
  const isLeaf = isLeafType(getNamedType(field.type));
  const judge = judgeOf(guards, guard, [type.name, field.name], isLeaf);
  return (row, args, ctx, info) => {
    const verdict = judge(row, ctx, info);
    return verdict === true ? read(row, args, ctx, info) : verdict;
  };
}

const isDecided = ({ kind }: Guard): boolean => kind !== 'action';

/** Whether a field of a schema that nobody has shielded yet is a property and nothing else. */
const isPlain = ({ field, guard }: GuardedField): boolean =>
  field.resolve === undefined && field.args.length === 0 && isDecided(guard);

/**
 * Answer the plain fields of a shielded schema.
 *
 * @param guarded  Fields of the schema before it was shielded.
 */
export function guardPlainFields(shielded: GraphQLSchema, guarded: readonly GuardedField[]): void {
  const guards = guardsByName(guarded);
  for (const one of guarded.filter(isPlain)) {
    const own = shielded.getType(one.type.name) as typeof one.type;
    const target = own.getFields()[one.field.name];
    if (target) target.resolve = plainResolver(one, guards);
  }
}
