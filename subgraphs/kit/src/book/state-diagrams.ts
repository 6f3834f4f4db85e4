/** The state machines of an office as Mermaid diagrams, from the action table. Source: DOMAIN 2.4. */
import {
  NO_ROW,
  stateMachines,
  type StateMachine,
  type Transition,
} from '../action/state-machines.js';

const START_OR_END = '[*]';

const isOf =
  (office: string) =>
  ({ action }: Transition) =>
    action.office === office;

const drawn = (state: string): string => (state === NO_ROW ? START_OR_END : state);

/** One arrow for all actions that lead from one state to another. */
function arrows(transitions: readonly Transition[]): string[] {
  const ways = Map.groupBy(transitions, ({ from, to }) => `${drawn(from)} --> ${drawn(to)}`);
  return [...ways].map(
    ([way, actions]) => `  ${way}: ${actions.map(({ action }) => action.name).join(', ')}`,
  );
}

const diagram = ({ name, transitions }: StateMachine): string =>
  ['## ' + name, '', '```mermaid', 'stateDiagram-v2', ...arrows(transitions), '```', ''].join('\n');

/** All machines in which an action of this office moves something; empty when there are none. */
export function stateDiagrams(office: string): string {
  const own = [...stateMachines.values()].filter(({ transitions }) =>
    transitions.some(isOf(office)),
  );
  return own.map(diagram).join('\n');
}
