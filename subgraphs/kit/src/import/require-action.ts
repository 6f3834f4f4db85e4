/** Whether somebody may import, and the line in the operation log that says so. */
import { mayAct } from '../action/actions.js';
import { execute, type EntityManager } from '../database/orm.js';
import { fault } from '../errors.js';
import type { Identity } from '../call/identity.js';

/** @throws FORBIDDEN_ACTION for a role that the action table does not name. */
export function requireAction(identity: Identity, action: string): void {
  if (mayAct(identity.role, action)) return;
  const rule = `${identity.role}.${action}`;
  throw fault('FORBIDDEN_ACTION', undefined, { group: action, clause: '3.8', rule });
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
