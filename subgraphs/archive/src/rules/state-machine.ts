/** State machines and their ways, so that a client can show what may come next. Source: DOMAIN 2.4, 3.8. */
import { isBuilt } from '@chengxin/kit/action/built';
import { isMutation, type Action } from '@chengxin/kit/action/actions';
import { NO_ROW, stateMachines } from '@chengxin/kit/action/state-machines';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One action, and between which states it leads.' })
@Privacy('RULES')
export class StateTransition {
  @Field(() => String, { nullable: true, description: 'Name of the action.' })
  action!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Mutation that takes the action; none where a job does, or where it is not there yet.',
  })
  mutation!: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'States from which it is taken; none where it makes the row.',
  })
  from!: readonly string[];

  @Field(() => [String], {
    nullable: true,
    description: 'States to which it may lead; none where the state stays.',
  })
  to!: readonly string[];

  @Field(() => [String], { nullable: true, description: 'Roles that may take the action.' })
  roles!: readonly string[];

  @Field(() => Boolean, { nullable: true, description: 'Whether a reason must be given.' })
  reasonRequired!: boolean;

  @Field(() => [String], {
    nullable: true,
    description: 'Actions whose actor must be another person than whoever takes this one.',
  })
  secondPerson!: readonly string[];
}

@ObjectType({
  description: 'The states of a thing, and the actions that lead from one to another.',
})
@Privacy('RULES')
export class StateMachine {
  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => [String], { nullable: true })
  states!: readonly string[];

  @Field(() => [StateTransition], { nullable: true })
  transitions!: readonly StateTransition[];
}

const shown = (action: Action): StateTransition => ({
  action: action.name,
  mutation: isMutation(action) && isBuilt(action) ? action.entrance : null,
  from: action.fromStates.filter((state) => state !== NO_ROW),
  to: action.toStates,
  roles: action.roles,
  reasonRequired: action.reasonRequired,
  secondPerson: action.secondPerson,
});

/** All machines of the action table. */
export const STATE_MACHINES: readonly StateMachine[] = [...stateMachines.values()].map(
  ({ name, states, transitions }) => ({
    name,
    states,
    transitions: [...new Set(transitions.map(({ action }) => action))].map(shown),
  }),
);
