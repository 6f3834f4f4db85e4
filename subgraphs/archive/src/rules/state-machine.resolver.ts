import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Query, Resolver } from 'type-graphql';
import { STATE_MACHINES, StateMachine } from './state-machine.js';

@Resolver()
export class StateMachineResolver {
  @Reads({ name: NO_FIELD })
  @Privacy('RULES')
  @Query(() => [StateMachine], {
    nullable: true,
    description: 'The states of every kind of thing, and what leads from one to another.',
  })
  stateMachines(
    @Arg('name', () => String, { nullable: true, description: 'One of them alone: Deferral.' })
    name: string | undefined,
  ): readonly StateMachine[] {
    return STATE_MACHINES.filter((machine) => name === undefined || machine.name === name);
  }
}
