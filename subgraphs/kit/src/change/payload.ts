/** What a mutation is requested with, what it answers, and the mark that makes one. */
import { ArgsType, Field, ID, Int, Mutation, ObjectType, type ClassType } from 'type-graphql';
import { actionOf } from '../action/actions.js';
import { capital } from '../schema/capital.js';
import { Action, Inherit } from '../schema/guard.js';
import { ChangeError } from './errors.js';
import { fieldOf, type ChangeableRow, type Noun } from './noun.js';

@ArgsType()
export class ChangeArgs {
  @Field(() => ID, { description: 'Number of the request, by the client: sent twice, done once.' })
  clientMutationId!: string;

  @Field(() => String, { nullable: true, description: 'Why; most actions need a reason.' })
  reason?: string;
}

@ArgsType()
export class RowArgs extends ChangeArgs {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Version that the actor has seen.' })
  expectedVersion!: number;
}

/** `ApproveDeferralPayload`: one for each mutation, so that no two offices share a name. */
function payloadOf<Row extends ChangeableRow>(mutation: string, noun: Noun<Row>): ClassType {
  @ObjectType(`${capital(mutation)}Payload`, { description: `What ${mutation} came to.` })
  @Inherit()
  class ChangePayload {
    @Field(() => Boolean, { description: 'Whether it is done.' })
    ok!: boolean;

    @Field(() => [ChangeError], { description: 'What the person who acts can mend.' })
    errors!: ChangeError[];
  }
  Field(() => noun.entity, {
    nullable: true,
    description: 'The row as it is now; null where the actor does not see it.',
  })(ChangePayload.prototype, fieldOf(noun));
  return ChangePayload;
}

/**
 * Marks a mutation: its action, and its payload.
 *
 * @throws Error when the method has another name than the table's mutation.
 */
export const Changes =
  <Row extends ChangeableRow>(
    action: string,
    noun: Noun<Row>,
    description: string,
  ): MethodDecorator =>
  (target, property, descriptor) => {
    const mutation = actionOf(action)?.entrance;
    if (mutation !== property)
      throw new Error(`${String(property)} takes ${action}, whose mutation is ${mutation}.`);
    const payload = payloadOf(mutation, noun);
    Action(action)(target, property, descriptor);
    Mutation(() => payload, { nullable: true, description })(target, property, descriptor as never);
  };
