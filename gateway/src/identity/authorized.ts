/** Who takes an action of an endpoint beside the graph. */
import type { Action } from '@chengxin/kit/action/actions';
import { forbiddenAction } from '@chengxin/kit/action/forbidden';
import type { HttpRequest } from '@chengxin/kit/call/http';
import { fault } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { Wanted } from './choose.rules.js';

export type Asker = Pick<HttpRequest, 'headers' | 'address'>;
export type Identify = (request: Asker, wanted: Wanted) => Promise<Identity>;

const isRoleOf = (actions: readonly Action[], role: string): boolean =>
  actions.some(({ rights }) => rights.has(role as Role));

/**
 * Whoever may take one of the actions, under a purpose that the table wants of him. The office, reached
 * directly, decides again.
 *
 * @param actions     One at least.
 * @param isDerived  Whether the purpose of the action stands for one that is not named; many students
 *                   leave under a purpose that is (3.1b).
 * @throws PURPOSE_REQUIRED; UNAUTHENTICATED without a login, where none of them is everybody's; FORBIDDEN_ACTION for a
 *         role that none of them names; as `identify`.
 */
export async function authorized(
  identify: Identify,
  request: Asker,
  actions: readonly Action[],
  isDerived = true,
): Promise<Identity> {
  const purposes = isDerived ? actions.flatMap((action) => action.purposes) : [];
  const identity = await identify(request, { role: (role) => isRoleOf(actions, role), purposes });
  const { role } = identity;
  if (isRoleOf(actions, role)) return identity;
  if (role === 'PUBLIC') throw fault('UNAUTHENTICATED');
  throw forbiddenAction(role, actions[0]?.name ?? '');
}
