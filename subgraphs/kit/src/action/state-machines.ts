/** State machines, read from the action table (DOMAIN 2.4). */
import { allActions, type Action } from './actions.js';

/** No row yet: where every machine begins. */
export const NO_ROW = 'NONE';

export interface Transition {
  readonly action: Action;
  /** `NONE` for one that makes the row. */
  readonly from: string;
  /** The same as `from` where the state stays. */
  readonly to: string;
}

export interface StateMachine {
  readonly name: string;
  /** In the order in which the table reaches them. */
  readonly states: readonly string[];
  readonly transitions: readonly Transition[];
}

const transitionsOf = (action: Action): Transition[] => {
  const froms = action.fromStates.length ? action.fromStates : [NO_ROW];
  return froms.flatMap((from) =>
    (action.toStates.length ? action.toStates : [from]).map((to) => ({ action, from, to })),
  );
};

function machineOf(name: string, actions: readonly Action[]): StateMachine {
  const transitions = actions.flatMap(transitionsOf);
  const states = new Set(transitions.flatMap(({ from, to }) => [from, to]));
  states.delete(NO_ROW);
  return { name, states: [...states], transitions };
}

/** Every state machine of the table, by its name. */
export const stateMachines: ReadonlyMap<string, StateMachine> = new Map(
  [...Map.groupBy(allActions(), ({ machine }) => machine)].flatMap(([name, actions]) =>
    name ? [[name, machineOf(name, actions)] as const] : [],
  ),
);

/** States of a machine that no way leads to from the beginning. */
export function unreachableStates({ states, transitions }: StateMachine): string[] {
  const reached = new Set([NO_ROW]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { from, to } of transitions) if (reached.has(from)) reached.add(to);
  }
  return states.filter((state) => !reached.has(state));
}

/** @throws Error naming each state that cannot be reached. */
export function checkMachines(machines: Iterable<StateMachine>): void {
  const faults = [...machines].flatMap((machine) =>
    unreachableStates(machine).map((state) => `${machine.name} never reaches ${state}`),
  );
  if (faults.length) throw new Error(`action-matrix.csv: ${faults.join('; ')}.`);
}
