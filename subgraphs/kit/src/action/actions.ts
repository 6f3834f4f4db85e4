import { isRole, type Role } from '../privacy/roles.js';
import { names, readTable } from '../privacy/tables.js';

/** One row of the action table: who may write, with whom as second person. Source: DOMAIN 3.8. */
export interface Action {
  readonly name: string;
  /** Name of the mutation, or `cli:…`, `job:…`, `http:…`. */
  readonly entrance: string;
  readonly office: string;
  readonly roles: readonly Role[];
  /** Purposes under which it is taken. */
  readonly purposes: readonly string[];
  /** Actions whose actor must be another person (or `grant.holder`, `evaluator`, `fact.record`). */
  readonly secondPerson: readonly string[];
  readonly reasonRequired: boolean;
  readonly clause: string;
}

const actions = new Map<string, Action>();
for (const row of readTable('action-matrix')) {
  const name = row['action'] ?? '';
  if (actions.has(name)) throw new Error(`action-matrix.csv names ${name} twice.`);
  actions.set(name, {
    name,
    entrance: row['mutation'] ?? '',
    office: row['subgraph'] ?? '',
    roles: names(row['roles']).filter(isRole),
    purposes: names(row['purpose']),
    secondPerson: names(row['secondPerson']),
    reasonRequired: row['reasonRequired'] === 'yes',
    clause: row['clause'] ?? '',
  });
}

/** The row of an action; undefined when the table has none, and then nobody may. */
export const actionOf = (name: string): Action | undefined => actions.get(name);

export const allActions = (): readonly Action[] => [...actions.values()];

/** Whether a role may ever take this action. */
export const mayAct = (role: Role, name: string): boolean =>
  actions.get(name)?.roles.includes(role) ?? false;
