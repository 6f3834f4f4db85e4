/** What a mutation is requested with, what it answers, and the mark that makes one. */
import { ArgsType, Field, ID, Int, Mutation, ObjectType, type ClassType } from 'type-graphql';
import { actionOf } from '../action/actions.js';
import { capital } from '../schema/capital.js';
import { Action, Inherit, NamesRow } from '../schema/guard.js';
import { ROWS_AT_MOST } from './change-many.js';
import { ChangeError } from './errors.js';
import { fieldOf, type ChangeableRow, type Noun } from './noun.js';

@ArgsType()
export class ChangeArgs {
  @Field(() => ID, { description: 'Number of the request, by the client: sent twice, done once.' })
  clientMutationId!: string;

  @Field(() => String, { nullable: true, description: 'Why; most actions need a reason.' })
  reason?: string;
}

/** Its `id` is described by the noun of the mutation, whose key it is. */
@ArgsType()
export class RowArgs extends ChangeArgs {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Version that the actor has seen.' })
  expectedVersion!: number;
}

@ArgsType()
export class SaveArgs extends ChangeArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Row that is changed, with expectedVersion; without both one is made.',
  })
  id?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Version that the actor has seen, of that row.',
  })
  expectedVersion?: number;
}

function rowField<Row extends ChangeableRow>({ prototype }: ClassType, noun: Noun<Row>): void {
  Field(() => noun.entity, {
    nullable: true,
    description: 'The row as it is now; null where the actor does not see it.',
  })(prototype as object, fieldOf(noun));
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
  rowField(ChangePayload, noun);
  return ChangePayload;
}

/** Rows that are decided at once: two lists, for no two offices share a type of input. */
@ArgsType()
export class ManyArgs extends ChangeArgs {
  @Field(() => [ID], { description: `Numbers of the rows, at most ${ROWS_AT_MOST}.` })
  ids!: string[];

  @Field(() => [Int], {
    description: 'Version of each that the actor has seen, in the same order.',
  })
  expectedVersions!: number[];
}

const results = new WeakMap<object, ClassType>();

/** `FinanceImportBatchResult`: what became of one row of a noun, whatever mutation decided on it. */
function resultType<Row extends ChangeableRow>(noun: Noun<Row>): ClassType {
  const known = results.get(noun);
  if (known) return known;
  @ObjectType(`${noun.name}Result`, { description: 'What became of one row.' })
  @Inherit()
  class RowResultType {
    @Field(() => ID, { description: 'Number of the row, as it was requested.' })
    id!: string;

    @Field(() => Boolean, { description: 'Whether it is done.' })
    ok!: boolean;

    @Field(() => [ChangeError], { description: 'Why it is not.' })
    errors!: ChangeError[];
  }
  rowField(RowResultType, noun);
  results.set(noun, RowResultType);
  return RowResultType;
}

/** `ApproveFinanceFactsPayload` */
function manyPayloadOf<Row extends ChangeableRow>(mutation: string, noun: Noun<Row>): ClassType {
  const result = resultType(noun);
  @ObjectType(`${capital(mutation)}Payload`, { description: `What ${mutation} came to.` })
  @Inherit()
  class ManyChangesPayload {
    @Field(() => Boolean, { description: 'Whether each of them is done.' })
    ok!: boolean;

    @Field(() => [ChangeError], { description: 'What is wrong with the request as a whole.' })
    errors!: ChangeError[];

    @Field(() => [result], { description: 'What became of each row, in the order of the request.' })
    results!: object[];
  }
  return ManyChangesPayload;
}

/**
 * Marks a mutation: its action, and its payload.
 *
 * @throws Error when the method has another name than the table's mutation.
 */
export const Changes = <Row extends ChangeableRow>(
  action: string,
  noun: Noun<Row>,
  description: string,
): MethodDecorator => {
  const mark = mutationMark(action, description, (mutation) => payloadOf(mutation, noun));
  const { name, key = 'id' } = noun;
  return (target, property, descriptor) => {
    NamesRow(name, key)(target, property, descriptor);
    mark(target, property, descriptor);
  };
};

/** The same of a mutation that decides on several rows at once. */
export const ChangesMany = <Row extends ChangeableRow>(
  action: string,
  noun: Noun<Row>,
  description: string,
): MethodDecorator =>
  mutationMark(action, description, (mutation) => manyPayloadOf(mutation, noun));

const mutationMark =
  (
    action: string,
    description: string,
    payloadFor: (mutation: string) => ClassType,
  ): MethodDecorator =>
  (target, property, descriptor) => {
    const mutation = actionOf(action)?.entrance;
    if (mutation !== property)
      throw new Error(`${String(property)} takes ${action}, whose mutation is ${mutation}.`);
    const payload = payloadFor(mutation);
    Action(action)(target, property, descriptor);
    Mutation(() => payload, { nullable: true, description })(target, property, descriptor as never);
  };
