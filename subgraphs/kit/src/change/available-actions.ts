/** The field that says what the actor may do with a row (DOMAIN 2.1). */
import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import type { Context } from '../call/context.js';
import { availableActions } from './authorization.js';
import type { ChangeableRow, Noun } from './noun.js';

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
      const actions = availableActions(ctx, nounOf(row), row);
      const { studentNo } = row;
      if (!studentNo || !actions.length || !ctx.readOnlyStudents) return actions;
      return ctx.readOnlyStudents.stillTaken(ctx, actions, studentNo);
    }
  }
  return AvailableActionsResolver;
}
