/** Whether somebody may import, and the line in the operation log that says so. */
import { actionOf, mayAct } from '../action/actions.js';
import { execute, type EntityManager } from '../database/orm.js';
import { forbiddenAction } from '../action/forbidden.js';
import { fault } from '../errors.js';
import type { Identity } from '../call/identity.js';

/** @throws FORBIDDEN_ACTION for a role that the action table does not name. */
export function requireAction(identity: Identity, action: string): void {
  if (!mayAct(identity.role, action)) throw forbiddenAction(identity.role, action);
}

/**
 * The same, and under the purpose that the table wants.
 *
 * @throws FORBIDDEN_ACTION, PURPOSE_REQUIRED
 */
export function requirePurpose(identity: Identity, action: string): void {
  requireAction(identity, action);
  const purpose = actionOf(action)?.rights.get(identity.role)?.purpose;
  if (purpose !== identity.purpose) throw fault('PURPOSE_REQUIRED', `x-purpose: ${purpose}.`);
}

/** Write an import or its approval down (G19.2). */
export const logged = (
  em: EntityManager,
  identity: Identity,
  now: Date,
  action: string,
  target: string,
  reason?: string,
) =>
  execute(
    em,
    `insert into operation_log (at, actor, role, action, target, reason, request_id)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [now, identity.subject, identity.role, action, target, reason ?? null, identity.requestId],
  );
