/** A table and its columns, as the entity declares them: statements written by hand name no type twice. */
import { MetadataStorage, type Constructor, type EntityMetadata } from '@mikro-orm/core';
import { snake } from './snake.js';

/** PostgreSQL types by those of properties. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  uuid: 'uuid',
  integer: 'integer',
  bigint: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
  json: 'jsonb',
  array: 'text[]',
};

export interface Columns {
  readonly table: string;
  /** Each property with its PostgreSQL type. */
  readonly fields: Readonly<Record<string, string>>;
}

type Declared = Pick<EntityMetadata, 'tableName' | 'properties'>;

/** What decorators wrote on a class, then on those that it extends. */
function declarations(entity: object): Declared[] {
  const own = Object.hasOwn(entity, MetadataStorage.META_SYMBOL)
    ? [(entity as Record<symbol, Declared>)[MetadataStorage.META_SYMBOL] as Declared]
    : [];
  const parent = Object.getPrototypeOf(entity) as object | null;
  return parent ? [...own, ...declarations(parent)] : own;
}

/** Whether an entity has a property of its table. */
export const hasColumn = (entity: object, name: string): boolean =>
  declarations(entity).some(({ properties }) => name in properties);

/** The column of a property, as the entity names it. */
export function columnName(entity: object, name: string): string {
  const property = declarations(entity)
    .map(({ properties }) => properties[name as never])
    .find(Boolean) as { readonly fieldName?: string } | undefined;
  return property?.fieldName ?? snake(name);
}

/**
 * Some columns of an entity's table.
 *
 * @param more  Columns that no property shows, with their types.
 * @throws Error for a property that the entity does not have, or that has no type of its own.
 */
export function columnsOf<Row extends object>(
  entity: Constructor<Row>,
  names: readonly (keyof Row & string)[],
  more: Readonly<Record<string, string>> = {},
): Columns {
  const declared = declarations(entity);
  const table = declared[0]?.tableName;
  if (!table) throw new Error(`${entity.name} has no table.`);
  const typeOf = (name: string): string => {
    const property = declared.map(({ properties }) => properties[name as never]).find(Boolean) as
      | { readonly type?: string; readonly enum?: boolean }
      | undefined;
    const type = property?.enum ? 'text' : TYPES[property?.type ?? ''];
    if (!type) throw new Error(`${entity.name}.${name} is no column with a type.`);
    return type;
  };
  const fields = Object.fromEntries(names.map((name) => [name, typeOf(name)]));
  return { table, fields: { ...fields, ...more } };
}
