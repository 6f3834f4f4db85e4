/** The field that says what the actor may do with a row (DOMAIN 2.1). */
import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import type { Context } from '../call/context.js';
import { actionsOf, anothers, availableActions, tableRow } from './authorization.js';
import type { Guard } from './guard.js';
import type { ChangeableRow, Noun } from './noun.js';
import { isNotified } from './require-notice.js';

/** Why an action is not taken on rows, for any number of them in one statement. */
const refusals = <Row extends ChangeableRow>(ctx: Context, guard: Guard<Row>) =>
  ctx.loader(
    guard,
    // A refusal is an answer here, and no failure of the load.
    () =>
      new DataLoader<Row, { readonly why: unknown }>(async (rows) =>
        (await guard(ctx, rows)).map((why) => ({ why })),
      ),
  );

/** Which actions on rows of a noun are another person's, for any number of rows at once. */
const others = <Row extends ChangeableRow>(ctx: Context, noun: Noun<Row>) =>
  ctx.loader(
    noun,
    () =>
      new DataLoader<Row, ReadonlySet<string>>((rows) =>
        anothers(ctx, noun, actionsOf(ctx, noun), rows),
      ),
  );

/** Those of the actor's actions on a row that the table leaves to him, and to no second person. */
async function ownActions<Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  row: Row,
): Promise<readonly string[]> {
  const actions = availableActions(ctx, noun, row);
  const names = actions.map(({ name }) => name);
  if (!actions.some(({ secondPerson }) => secondPerson.length)) return names;
  const apart = await others(ctx, noun).load(row);
  return names.filter((name) => !apart.has(name));
}

/** Those of some actions that the door takes, as their notices stand and by the guards of the noun. */
async function unguarded<Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  row: Row,
  actions: readonly string[],
): Promise<readonly string[]> {
  const isTaken = async (name: string): Promise<boolean> => {
    const guard = noun.guards?.[name];
    const [isOpen, refusal] = await Promise.all([
      isNotified(ctx, tableRow(name), noun, row),
      guard && refusals(ctx, guard).load(row),
    ]);
    return isOpen && !refusal?.why;
  };
  const taken = await Promise.all(actions.map(isTaken));
  return actions.filter((_, index) => taken[index]);
}

/**
 * `availableActions` of a noun: a resolver class for `resolvers` of its office.
 *
 * @param nounOf  The noun of a row, where rows of one entity are several (appeals of two kinds).
 */
export function actionsField<Row extends ChangeableRow>(
  noun: Noun<Row>,
  nounOf: (row: Row) => Noun<Row> = () => noun,
): ClassType {
  @Resolver(() => noun.entity)
  class AvailableActionsResolver {
    @FieldResolver(() => [String], {
      nullable: true,
      description: 'What the caller may do with it as it stands: names of actions.',
    })
    async availableActions(@Root() row: Row, @Ctx() ctx: Context): Promise<readonly string[]> {
      const of = nounOf(row);
      const actions = await unguarded(ctx, of, row, await ownActions(ctx, of, row));
      const { studentNo } = row;
      if (!studentNo || !actions.length || !ctx.readOnlyStudents) return actions;
      return ctx.readOnlyStudents.stillTaken(ctx, actions, studentNo);
    }
  }
  return AvailableActionsResolver;
}
