/** Batches of an office as lists: what waits, and what was decided. */
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Query,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import type { Context } from '../../call/context.js';
import type { Noun } from '../../change/noun.js';
import { isUuid } from '../../database/uuid.js';
import { connectionOf, page, PageArgs, type Connection } from '../../read/page.js';
import { equalClauses } from '../../read/roster.js';
import { rowClauses, type StudentRows } from '../../read/rows.js';
import { Privacy } from '../../schema/guard.js';
import { NO_FIELD, Reads } from '../../schema/reads.js';
import { BatchColumn, BatchProblem, type BatchRow } from './import-batch.js';

const ORDER = [
  ['recordedAt', 'desc'],
  ['id', 'asc'],
] as const;

interface BatchQueries {
  /** `financeImportBatches` */
  readonly list: string;
  /** `financeImportBatch` */
  readonly one: string;
}

/** Lists, single batches and the fields that a batch computes. */
export function batchResolver(noun: Noun<BatchRow>, { list, one }: BatchQueries): ClassType {
  const { name, entity } = noun;
  const BatchConnection = connectionOf(name, () => entity);

  @InputType(`${name}Filter`)
  class BatchFilter {
    @Reads(`${name}.kind`)
    @Field(() => String, { nullable: true })
    kind?: string;

    @Reads(`${name}.state`)
    @Field(() => String, { nullable: true, description: 'PROPOSED: what waits for its reviewer.' })
    state?: string;
  }

  const clauses = (ctx: Context) => rowClauses(ctx, noun.rows as StudentRows<never>) as object[];

  @Resolver(() => entity)
  class BatchResolver {
    @Privacy('COLLECTION')
    @Query(() => BatchConnection, {
      name: list,
      nullable: true,
      description: 'Files that wait for their reviewer or were decided on, the latest first.',
    })
    batches(
      @Args(() => PageArgs) args: PageArgs,
      @Arg('filter', () => BatchFilter, { nullable: true }) filter: BatchFilter | undefined,
      @Ctx() ctx: Context,
    ): Promise<Connection<BatchRow>> {
      const where = [...clauses(ctx), ...equalClauses(filter, ['kind', 'state'])] as never[];
      return page(ctx, { name: list, entity, where, filter, order: ORDER }, args);
    }

    @Reads({ id: NO_FIELD })
    @Privacy('COLLECTION')
    @Query(() => entity, { name: one, nullable: true, description: 'One of them, by its number.' })
    async batch(@Arg('id', () => ID) id: string, @Ctx() ctx: Context): Promise<BatchRow | null> {
      if (!isUuid(id)) return null;
      const where = { $and: [{ id }, ...clauses(ctx)] } as never;
      return ctx.em.findOne(entity, where, { disableIdentityMap: true });
    }

    @FieldResolver(() => Int, {
      nullable: true,
      description: 'Records that it adds, as it was when it was proposed.',
    })
    added(@Root() { changes }: BatchRow): number | null {
      return changes?.added ?? null;
    }

    @FieldResolver(() => [BatchColumn], {
      nullable: true,
      description: 'Columns in which it changes what is stored, as it was when it was proposed.',
    })
    columns(@Root() { changes }: BatchRow): readonly BatchColumn[] | null {
      return changes?.columns ?? null;
    }

    @FieldResolver(() => [BatchProblem], {
      nullable: true,
      description: 'The first reasons for which rows were rejected; all of them stand in the list.',
    })
    errors(@Root() { errors }: BatchRow): readonly BatchProblem[] | null {
      const written = errors?.map(({ line, column, reason: { zh, en } }) => ({
        line,
        column,
        reason: `${zh} ${en}`,
      }));
      return written ?? null;
    }
  }
  return BatchResolver;
}
