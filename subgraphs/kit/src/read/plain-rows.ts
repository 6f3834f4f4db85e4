/**
 * Rows as they are stored, without the unit of work of the object mapper: its SQL is kept by the shape of
 * the clauses, and what comes back is an object of the entity's class that nobody watches
 * (docs/decisions/0048). For reading alone; what is written goes through the door.
 */
import type { EntityMetadata, EntityName, FilterQuery, QueryOrderMap } from '@mikro-orm/core';
import { execute, type EntityManager } from '../database/orm.js';

export interface PlainQuery<T> {
  readonly where: readonly FilterQuery<T>[];
  /** One column, of texts or identifiers, that has one of some values: one statement for any number of them. */
  readonly among?: { readonly column: keyof T & string; readonly values: readonly string[] };
  readonly orderBy?: QueryOrderMap<T> | QueryOrderMap<T>[];
  readonly limit?: number;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Which parameter takes the values of `among`. */
  readonly among: number;
}

/** Stands for the values of `among` while a statement is written; no column has such a text. */
const AMONG = '\u0000among';
/** Stands for a value that is not there; neither is this one of any column. */
const NOTHING = '\u0000nothing';
const STATEMENTS_AT_MOST = 500;
/** By the manager's entity, so that offices in one process keep their own. */
const known = new WeakMap<EntityMetadata, Map<string, Statement>>();

class Untold extends Error {}

/** The text of a clause that says all of it. */
function textOf(clause: unknown): string {
  return JSON.stringify(clause, (_key, value: unknown) => {
    if (value === undefined) return NOTHING;
    if (typeof value !== 'object' || value === null) return value;
    const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    // SQL that somebody wrote stands under a symbol, which a text leaves out.
    if (!isPlain || Object.getOwnPropertySymbols(value).length) throw new Untold();
    return value;
  });
}

/** `JSON.stringify` reads a date as a text before it asks: looked for on its own. */
const hasDate = (value: unknown): boolean =>
  value instanceof Date ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasDate));

/** What two clauses have in common that are the same; undefined for one that no text tells. */
export function keyOfClauses(clauses: unknown): string | undefined {
  try {
    return textOf(clauses);
  } catch (error) {
    if (error instanceof Untold) return undefined;
    throw error;
  }
}

/**
 * Some values of a column in one parameter. The planner does not look into a subquery, so a plan for
 * these values is no better than one for any, and PostgreSQL keeps the latter: to plan costs more than to
 * read (docs/decisions/0097).
 *
 * @param type  Of the column, as PostgreSQL names it.
 */
const anyOf = (type: string): string => `any((select ?::${type}[])::${type}[])`;

/** `… = ?` of a parameter becomes `… = any(…)`. */
function withAny(sql: string, parameter: number, type: string): string {
  let at = -1;
  for (let count = 0; count <= parameter; count += 1) at = sql.indexOf('?', at + 1);
  if (at < 0 || !sql.slice(0, at).endsWith('= ')) throw new Error('The clause is no equality.');
  return `${sql.slice(0, at)}${anyOf(type)}${sql.slice(at + 1)}`;
}

/** Type of a column in PostgreSQL. */
function typeOf<T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  column: string,
): string {
  const { properties } = em.getMetadata().get(entity) as EntityMetadata<T>;
  const type = properties[column as keyof typeof properties]?.columnTypes[0];
  if (!type) throw new Error(`${column} has no type of a column.`);
  return type;
}

function write<T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  { where, among, orderBy, limit }: PlainQuery<T>,
): Statement {
  const clauses = [...(among ? [{ [among.column]: AMONG }] : []), ...where];
  const builder = em.createQueryBuilder(entity).select('*');
  builder.where({ $and: clauses } as never);
  if (orderBy) builder.orderBy(orderBy as never);
  if (limit !== undefined) builder.limit(limit);
  const parameters = builder.getParams();
  const at = parameters.indexOf(AMONG);
  const sql = builder.getQuery();
  if (!among) return { sql, parameters, among: at };
  return { sql: withAny(sql, at, typeOf(em, entity, among.column)), parameters, among: at };
}

function statementOf<T extends object>(
  em: EntityManager,
  meta: EntityMetadata,
  entity: EntityName<T>,
  query: PlainQuery<T>,
): Statement {
  const { where, among, orderBy = null, limit = null } = query;
  const shape = [where, among?.column ?? null, orderBy, limit];
  // An instant is another one in each call: its statement would never be used again.
  const key = hasDate(shape) ? undefined : keyOfClauses(shape);
  if (key === undefined) return write(em, entity, query);
  const kept = known.get(meta) ?? new Map<string, Statement>();
  known.set(meta, kept);
  const before = kept.get(key);
  if (before) return before;
  const statement = write(em, entity, query);
  // A map keeps the order of insertion, so its first key is the oldest.
  const [oldest] = kept.size >= STATEMENTS_AT_MOST ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(key, statement);
  return statement;
}

/** Rows of an entity; of each its columns, and no relation. */
export async function plainRows<T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  query: PlainQuery<T>,
): Promise<T[]> {
  const driver = em.getDriver();
  const meta = em.getMetadata().get(entity) as EntityMetadata<T>;
  const { sql, parameters, among } = statementOf(em, meta as EntityMetadata, entity, query);
  const bound = query.among ? parameters.with(among, query.among.values) : parameters;
  const rows = await execute<object>(em, sql, bound);
  const typed = meta.props.filter(({ customType }) => customType);
  return rows.map((row) => {
    const values = driver.mapResult(row as never, meta) as Record<string, unknown>;
    for (const { name, customType } of typed)
      if (values[name] !== null && values[name] !== undefined)
        values[name] = customType?.convertToJSValue(values[name], driver.getPlatform());
    return Object.setPrototypeOf(values, meta.prototype as object) as T;
  });
}
