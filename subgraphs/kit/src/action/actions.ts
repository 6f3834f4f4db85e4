/** The action table as data: who may write, from which state to which. Source: DOMAIN 3.8. */
import { isRole, type Role } from '../privacy/roles.js';
import { names, readTable } from '../privacy/tables.js';

/** How the actor must stand to the row. */
export type ActionRelation =
  | 'SELF'
  | 'OWN_CLASS'
  | 'OWN_COLLEGE'
  | 'SCHOOL'
  | 'OWN_OFFICE'
  | 'PROVIDER'
  | 'CASE'
  | 'NONE';

/** Under which relation and purpose a role takes an action. */
export interface Right {
  readonly relation: ActionRelation;
  readonly purpose: string;
}

/** One row of the action table. */
export interface Action {
  readonly name: string;
  /** Name of the mutation, or `cli:…`, `job:…`, `http:…`, `query:…`, `also:…`. */
  readonly entrance: string;
  /** All of them, where there are several: a file comes by a command or over HTTP. */
  readonly entrances: readonly string[];
  readonly office: string;
  readonly roles: readonly Role[];
  readonly rights: ReadonlyMap<Role, Right>;
  /** Purposes under which it is taken. */
  readonly purposes: readonly string[];
  /** Actions whose actor must be another person (or `grant.holder`, `evaluator`, `fact.record`). */
  readonly secondPerson: readonly string[];
  readonly secondFactor: boolean;
  readonly reasonRequired: boolean;
  /** Kind of the notice that must have been delivered (F-01). */
  readonly notice: string | undefined;
  readonly machine: string | undefined;
  /** States from which it is taken; `NONE` is no row yet, and without any the action makes one. */
  readonly fromStates: readonly string[];
  /** States to which it may lead; without any the state stays. */
  readonly toStates: readonly string[];
  readonly clause: string;
}

/** The entry of a role: one for all roles, or one for each in their order. */
function entryOf(list: readonly string[], index: number, roles: number, where: string): string {
  if (list.length !== 1 && list.length !== roles)
    throw new Error(`action-matrix.csv: ${where} has ${list.length} entries for ${roles} roles.`);
  return list[list.length === 1 ? 0 : index] ?? '';
}

function rightsOf(row: Readonly<Record<string, string>>, roles: readonly Role[]) {
  const [relations, purposes] = [names(row['relation']), names(row['purpose'])];
  const where = row['action'] ?? '';
  return new Map<Role, Right>(
    roles.map((role, index) => [
      role,
      {
        relation: entryOf(relations, index, roles.length, where) as ActionRelation,
        purpose: entryOf(purposes, index, roles.length, where),
      },
    ]),
  );
}

const actions = new Map<string, Action>();
for (const row of readTable('action-matrix')) {
  const name = row['action'] ?? '';
  if (actions.has(name)) throw new Error(`action-matrix.csv names ${name} twice.`);
  const roles = names(row['roles']).filter(isRole);
  actions.set(name, {
    name,
    entrance: names(row['mutation'])[0] ?? '',
    entrances: names(row['mutation']),
    office: row['subgraph'] ?? '',
    roles,
    rights: rightsOf(row, roles),
    purposes: names(row['purpose']),
    secondPerson: names(row['secondPerson']),
    secondFactor: row['secondFactor'] === 'yes',
    reasonRequired: row['reasonRequired'] === 'yes',
    notice: row['notice'] || undefined,
    machine: row['stateMachine'] || undefined,
    fromStates: names(row['fromStates']),
    toStates: names(row['toState']),
    clause: row['clause'] ?? '',
  });
}

/** The noun of an action: `goodRecord` of `goodRecord.approve`. */
export const nounOf = (name: string): string => name.split('.')[0] ?? '';

/** The row of an action; undefined when the table has none, and then nobody may. */
export const actionOf = (name: string): Action | undefined => actions.get(name);

export const allActions = (): readonly Action[] => [...actions.values()];

/** Whether a role may ever take this action. */
export const mayAct = (role: Role, name: string): boolean =>
  actions.get(name)?.rights.has(role) ?? false;

/** Whether the entrance is a mutation of the graph. */
export const isMutation = ({ entrance }: Action): boolean => !entrance.includes(':');
