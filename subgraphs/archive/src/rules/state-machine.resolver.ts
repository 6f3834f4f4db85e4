import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Query, Resolver } from 'type-graphql';
import { STATE_MACHINES, StateMachine } from './state-machine.js';

@Resolver()
export class StateMachineResolver {
  @Privacy('RULES')
  @Query(() => [StateMachine], {
    nullable: true,
    description: 'The states of every kind of thing, and what leads from one to another.',
  })
  stateMachines(): readonly StateMachine[] {
    return STATE_MACHINES;
  }

  @Reads({ name: NO_FIELD })
  @Privacy('RULES')
  @Query(() => StateMachine, { nullable: true, description: 'One of them: Deferral.' })
  stateMachine(@Arg('name', () => String) name: string): StateMachine | undefined {
    return STATE_MACHINES.find((machine) => machine.name === name);
  }
}
