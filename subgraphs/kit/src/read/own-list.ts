/** Root lists of an office's own people: all its rows of one noun, filtered and in pages. */
import type { FilterQuery } from '@mikro-orm/core';
import { Arg, Args, Ctx, Query, registerEnumType, Resolver, type ClassType } from 'type-graphql';
import type { Context } from '../call/context.js';
import type { Group } from '../privacy/groups.js';
import { Privacy } from '../schema/guard.js';
import { orderReads, Reads } from '../schema/reads.js';
import { connectionOf, page, PageArgs, type Connection, type Order } from './page.js';
import { equalClauses, rosterClauses, type RosterFilter } from './roster.js';
import { rowClauses, type StudentRows } from './rows.js';

interface StudentFilter {
  readonly student?: RosterFilter;
}

interface OwnList<Row extends { studentNo: string }, Filter extends StudentFilter> {
  /** Name of the query: `bills`. */
  readonly name: string;
  /** Name of the type: `Bill`. */
  readonly noun: string;
  readonly entity: ClassType<Row>;
  readonly group: Group;
  readonly description: string;
  readonly filter: ClassType<Filter>;
  /** Fields of the filter that must equal a column of their name. */
  readonly equal?: readonly (keyof Filter & string)[];
  /** What of the filter is no plain comparison. */
  readonly where?: (ctx: Context, filter: Filter | undefined) => object[];
  /** The rows of a student: their predicates narrow the list too. */
  readonly rows?: StudentRows<Row>;
}

interface Ordered {
  /** By the value of the enum, the usual one first. */
  readonly orders: Readonly<Record<string, Order>>;
  /** `BillOrder`, when nothing is said. */
  readonly orderName?: string;
  readonly orderDescription: string;
}

/** What a list narrows its rows by. */
function clausesOf<Row extends { studentNo: string }, Filter extends StudentFilter>(
  list: OwnList<Row, Filter>,
  ctx: Context,
  filter: Filter | undefined,
): FilterQuery<Row>[] {
  return [
    ...(list.rows ? rowClauses(ctx, list.rows) : []),
    ...(list.where?.(ctx, filter) ?? []),
    ...rosterClauses(filter?.student),
    ...equalClauses(filter, list.equal ?? []),
  ] as FilterQuery<Row>[];
}

/** A list in one order: the resolver class for `resolvers` of the office. */
export function ownList<Row extends { studentNo: string }, Filter extends StudentFilter>(
  list: OwnList<Row, Filter> & { readonly order: Order },
): ClassType {
  const { name, noun, entity, group, description, filter: FilterType, order } = list;
  const NounConnection = connectionOf(noun, () => entity);
  @Resolver()
  class OwnListResolver {
    @Privacy(group, { own: true })
    @Query(() => NounConnection, { name, nullable: true, description })
    list(
      @Args(() => PageArgs) args: PageArgs,
      @Arg('filter', () => FilterType, { nullable: true }) filter: Filter | undefined,
      @Ctx() ctx: Context,
    ): Promise<Connection<Row>> {
      const where = clausesOf(list, ctx, filter);
      return page(ctx, { name, entity, where, filter, order }, args);
    }
  }
  return OwnListResolver;
}

/** A list in several orders, each an enum value of `<noun>Order`. */
export function orderedOwnList<Row extends { studentNo: string }, Filter extends StudentFilter>(
  list: OwnList<Row, Filter> & Ordered,
): ClassType {
  const { name, noun, entity, group, description, filter: FilterType, orders } = list;
  const NounConnection = connectionOf(noun, () => entity);
  const NounOrder = Object.fromEntries(Object.keys(orders).map((value) => [value, value]));
  registerEnumType(NounOrder, {
    name: list.orderName ?? `${noun}Order`,
    description: list.orderDescription,
  });
  const [usual] = Object.keys(orders);
  @Resolver()
  class OwnListResolver {
    @Reads({ order: orderReads(noun, orders) })
    @Privacy(group, { own: true })
    @Query(() => NounConnection, { name, nullable: true, description })
    list(
      @Args(() => PageArgs) args: PageArgs,
      @Arg('filter', () => FilterType, { nullable: true }) filter: Filter | undefined,
      @Arg('order', () => NounOrder, { defaultValue: usual }) by: string,
      @Ctx() ctx: Context,
    ): Promise<Connection<Row>> {
      const where = clausesOf(list, ctx, filter);
      return page(ctx, { name, entity, where, filter, order: orders[by] ?? [] }, args);
    }
  }
  return OwnListResolver;
}
