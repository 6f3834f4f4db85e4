/** The refusal of an action to a role that the table does not name, in one shape (DOMAIN 2.7, 3.8). */
import type { GraphQLError } from 'graphql';
import { fault } from '../errors.js';
import { actionOf } from './actions.js';

/** Named like a group in refusals of fields: the action, its clause, the cell that says so. */
export const forbiddenOf = (role: string, action: string) =>
  ({
    code: 'FORBIDDEN_ACTION',
    group: action,
    clause: actionOf(action)?.clause ?? '3.8',
    rule: `${role}.${action}`,
  }) as const;

/** Where the person can mend it: what he is told, and the reason as a word. */
interface Mendable {
  readonly what: string;
  readonly reason: string;
}

export function forbiddenAction(role: string, action: string, mendable?: Mendable): GraphQLError {
  const { code, ...named } = forbiddenOf(role, action);
  const { what, ...more } = mendable ?? {};
  return fault(code, what, { ...named, ...more });
}
