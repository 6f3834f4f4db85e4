/** Relay connections: keyset pages whose cursors say nothing and serve one caller only. */
import type { EntityName, FilterQuery, QueryOrderMap } from '@mikro-orm/core';
import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Context } from '../call/context.js';
import { listName, readCursor, writeCursor } from './cursor.js';
import { fault } from '../errors.js';
import { plainRows } from './plain-rows.js';
import { Inherit } from '../schema/guard.js';

/** A page holds at most this many rows (DOMAIN 3.6). */
export const PAGE_AT_MOST = 100;
const PAGE_USUAL = 20;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: PAGE_USUAL, description: 'Rows of the page, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Cursor after which the page begins.' })
  after?: string | null;
}

@ObjectType({ description: 'Where a page stands; counts only rows that the caller sees.' })
@Directive('@shareable')
@Inherit()
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the page begins after a cursor. Lists are paged forward only.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null when empty.' })
  startCursor?: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null when empty.' })
  endCursor?: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}
export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
}

/** The connection type of a noun: `BillConnection` with `BillEdge`. */
export function connectionOf<T extends object>(noun: string, type: () => ClassType<T>) {
  @ObjectType(`${noun}Edge`)
  @Inherit()
  class NounEdge {
    @Field(() => String, { description: 'Where this row stands, for `after`.' })
    cursor!: string;

    @Field(type)
    node!: T;
  }
  @ObjectType(`${noun}Connection`)
  @Inherit()
  class NounConnection {
    @Field(() => [NounEdge])
    edges!: NounEdge[];

    @Field(() => [type()])
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return NounConnection;
}

/** A page with something else made of each of its rows; cursors are written when they are selected. */
export const withNodes = <From, To>(
  { edges, pageInfo }: Connection<From>,
  nodes: To[],
): Connection<To> => ({
  edges: edges.map((edge, at) => ({
    node: nodes[at]!,
    get cursor() {
      return edge.cursor;
    },
  })),
  nodes,
  pageInfo,
});

export type Direction = 'asc' | 'desc';
/** Columns of an order, most significant first; the last must be unique. Dots lead into the roster. */
export type Order = readonly (readonly [path: string, direction: Direction])[];

export interface List<T extends object> {
  /** Name of the root list; cursors are bound to it. */
  readonly name: string;
  readonly entity: EntityName<T>;
  readonly where: FilterQuery<T>[];
  /** The filter as requested; cursors are bound to it. */
  readonly filter?: unknown;
  readonly order: Order;
}

const at = (row: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], row);
const nested = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;

/** Rows that come after a position: for (a, b) it is a > A or (a = A and b > B). */
function after(order: Order, position: readonly unknown[]): object {
  const alternatives = order.map(([path, direction], index) => ({
    $and: [
      ...order.slice(0, index).map(([equal], i) => nested(equal, position[i])),
      nested(path, { [direction === 'asc' ? '$gt' : '$lt']: position[index] }),
    ],
  }));
  return { $or: alternatives };
}

/** Merge `{roster: {name: 'asc'}}` and `{id: 'asc'}` into one order map list. */
const orderBy = (order: Order): object[] =>
  order.map(([path, direction]) => nested(path, direction));

/** What a list is called in cursors, and after which position its page begins. */
interface Start {
  readonly name: string;
  readonly after: readonly unknown[] | null;
}

/**
 * Where a page begins.
 *
 * @throws VALIDATION when `first` is out of range or the cursor is not of this list and caller.
 */
export function startOf(
  ctx: Context,
  list: { readonly name: string; readonly filter?: unknown; readonly order?: Order },
  { first, after: cursor }: PageArgs,
): Start {
  if (first < 1 || first > PAGE_AT_MOST) throw fault('VALIDATION', `first: 1–${PAGE_AT_MOST}.`);
  const name = listName(list.name, list.filter, list.order);
  return { name, after: cursor ? readCursor(ctx, name, cursor) : null };
}

/** A row, and where it stands in its list. */
interface Positioned<T> {
  readonly row: T;
  readonly position: readonly unknown[];
}

/**
 * The page of rows that were read with one more than requested, to see whether it goes on. A cursor
 * is encrypted when it is read, and not for each row of a page that selects nodes alone.
 */
export function connection<T>(
  ctx: Context,
  { name, after }: Start,
  rows: readonly Positioned<T>[],
  first: number,
): Connection<T> {
  const edges = rows.slice(0, first).map(({ row, position }) => ({
    node: row,
    get cursor() {
      return writeCursor(ctx, name, position);
    },
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}

/** Rows in order; an order that leads into the roster needs the mapper, which joins it. */
async function rowsOf<T extends object>(
  { em }: Context,
  { entity, order }: List<T>,
  where: readonly object[],
  limit: number,
): Promise<T[]> {
  const by = orderBy(order) as QueryOrderMap<T>[];
  if (!order.some(([path]) => path.startsWith('roster.')))
    return plainRows<T>(em, entity, { where: where as FilterQuery<T>[], orderBy: by, limit });
  const populate = ['roster'] as never;
  const options = { orderBy: by, limit, populate, disableIdentityMap: true };
  return (await em.find(entity, { $and: where } as never, options)) as T[];
}

/**
 * One page of a list in one statement. Throws as `startOf` does.
 */
export async function page<T extends object>(
  ctx: Context,
  list: List<T>,
  args: PageArgs,
): Promise<Connection<T>> {
  const start = startOf(ctx, list, args);
  const where = [...list.where] as object[];
  if (start.after) where.push(after(list.order, start.after));
  const rows = await rowsOf(ctx, list, where, args.first + 1);
  const positioned = rows.map((row) => ({
    row,
    position: list.order.map(([path]) => at(row, path)),
  }));
  return connection(ctx, start, positioned, args.first);
}
