/** Which warnings wait for a role, as clauses: its list has them, and its tasks count them (4.7). */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Role } from '@chengxin/kit/privacy/roles';
import { handledBy } from '../supervision/warning-handlers.js';
import { WarningState, type WarningColour } from '../supervision/warning.entity.js';

const { NOTIFIED, ACKNOWLEDGED, HANDLING, ESCALATED } = WarningState;
/** Before these the student has not been notified; after them nobody acts any more. */
const WAITING: readonly WarningState[] = [NOTIFIED, ACKNOWLEDGED, HANDLING];

export interface WarningFilter {
  readonly code?: string | undefined;
  readonly state?: WarningState | undefined;
  readonly colour?: WarningColour | undefined;
}

/** What was handed on to Student Affairs needs no action any more: it is found by its state alone. */
const statesOf = (state: WarningState | undefined): readonly WarningState[] =>
  state ? [...WAITING, ESCALATED].filter((one) => one === state) : WAITING;

/** Nothing for a role that takes no action on any warning. */
export function waitingFor(
  role: Role,
  { code, state, colour }: WarningFilter = {},
): object[] | undefined {
  if (!mayAct(role, 'warning.acknowledge')) return undefined;
  const { offices, codes } = handledBy(role);
  return [
    { $or: [{ handlerOffice: { $in: offices } }, { code: { $in: codes } }] },
    { state: { $in: statesOf(state) } },
    ...(code ? [{ code }] : []),
    ...(colour ? [{ colour }] : []),
  ];
}
