/** Whether the actor may take an action on a row, by the table alone (DOMAIN 3.8). */
import { actionOf, nounOf, type Action } from '../action/actions.js';
import { forbiddenAction } from '../action/forbidden.js';
import { builtMutations } from '../action/built.js';
import type { Context } from '../call/context.js';
import { fault } from '../errors.js';
import { ChangeErrorCode, changeFault } from './errors.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import { actionsTaken } from './operation-log.js';

/** Authentication by a second factor counts for so long (F-05). */
const SECOND_FACTOR_MS = 5 * 60 * 1000;

/** Why an action is refused to somebody who may take it otherwise: he can log in anew. */
export const SECOND_FACTOR = 'SECOND_FACTOR';

/** @throws Error: code and table disagree. */
export function tableRow(name: string): Action {
  const action = actionOf(name);
  if (!action) throw new Error(`The action table has no ${name}.`);
  return action;
}

function hasSecondFactor({ identity, now }: Context): boolean {
  const { secondFactorAt } = identity;
  return secondFactorAt !== undefined && now.getTime() - secondFactorAt <= SECOND_FACTOR_MS;
}

/**
 * What hangs on the request alone, before any row is read: role, purpose, second factor.
 *
 * @throws FORBIDDEN_ACTION; PURPOSE_REQUIRED where the role needs another purpose.
 */
export function requireRight(ctx: Context, action: Action): void {
  const right = action.rights.get(ctx.identity.role);
  if (!right) throw forbiddenAction(ctx.identity.role, action.name);
  if (right.purpose !== ctx.identity.purpose)
    throw fault('PURPOSE_REQUIRED', `x-purpose: ${right.purpose}.`);
  if (action.secondFactor && !hasSecondFactor(ctx))
    throw forbiddenAction(ctx.identity.role, action.name, {
      what: '请使用第二因素重新登录。 Log in again with a second factor.',
      reason: SECOND_FACTOR,
    });
}

/** Whether a row is of the student who acts. */
const isOfStudent = (
  { studentNo }: Context['identity'],
  row: { readonly studentNo?: string },
): boolean => studentNo !== undefined && row.studentNo === studentNo;

const ownProvider = ({ provider }: ChangeableRow): string | undefined => provider;

/**
 * Whether the row stands to the actor as the table wants it. That its student is his (class, college,
 * school) was decided before: else the row would not be visible.
 */
function isRelated<Row extends ChangeableRow>(
  { identity, isOwn }: Context,
  { name, rights }: Action,
  { isOfCase, isOfOffice, isWith, isSelf = isOfStudent, providerOf = ownProvider }: Noun<Row>,
  row: Row,
): boolean {
  if (isWith && !isWith(identity, row, name)) return false;
  switch (rights.get(identity.role)?.relation) {
    case 'SELF':
      return isSelf(identity, row);
    case 'OWN_CLASS':
    case 'OWN_COLLEGE':
    case 'SCHOOL':
    // The table wants none: who sees the row may.
    case 'NONE':
      return true;
    case 'OWN_OFFICE':
      return isOwn || (isOfOffice?.(identity, row) ?? false);
    case 'PROVIDER':
      return identity.orgs.includes(providerOf(row) ?? '');
    case 'CASE':
      return isOfCase?.(identity, row) ?? false;
    default:
      return false;
  }
}

/** Whether the row is the one that the reference of the purpose names, where it names one of the noun. */
function isNamed<Row extends ChangeableRow>(
  { identity: { purpose, reference } }: Context,
  noun: Noun<Row>,
  row: Row,
): boolean {
  return noun.reference !== purpose || reference === numberOf(noun, row);
}

/**
 * @throws FORBIDDEN_ACTION when the row does not stand to the actor as the table wants it, or is not
 *         the one that the reference of his purpose names.
 */
export function requireRelation<Row extends ChangeableRow>(
  ctx: Context,
  action: Action,
  noun: Noun<Row>,
  row: Row,
): void {
  if (!isNamed(ctx, noun, row) || !isRelated(ctx, action, noun, row))
    throw forbiddenAction(ctx.identity.role, action.name);
}

function stateOf<Row extends ChangeableRow>(noun: Noun<Row>, row: Row, at: Date): string {
  const stored = noun.stateIn ? (row[noun.stateIn] as string | undefined) : row.state;
  return noun.stateOf?.(row, at) ?? stored ?? '';
}

/** Whether the table has a way from the state in which a row is. */
export const isFrom = <Row extends ChangeableRow>(
  { fromStates }: Action,
  noun: Noun<Row>,
  row: Row,
  at: Date,
): boolean => !fromStates.length || fromStates.includes(stateOf(noun, row, at));

/** @throws STATE_CONFLICT for a state from which the table has no way. */
export function requireState<Row extends ChangeableRow>(
  action: Action,
  noun: Noun<Row>,
  row: Row,
  at: Date,
): void {
  if (!isFrom(action, noun, row, at)) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
}

/** @throws VALIDATION for an action that needs a reason and has none. */
export function requireReason({ reasonRequired }: Action, reason: string | undefined): void {
  if (reasonRequired && !reason?.trim())
    throw changeFault(ChangeErrorCode.VALIDATION, '请说明理由。 Give a reason.', ['reason']);
}

/** No row yet, where an action makes one or changes it. */
const NONE = 'NONE';

/** Whether an action makes its row: who took it stands in the row, however it came. */
function makesRow(name: string): boolean {
  const { fromStates } = actionOf(name) ?? {};
  return fromStates !== undefined && (fromStates.length === 0 || fromStates.includes(NONE));
}

/**
 * Whether the actor made a row that another person must decide on: by an action on rows of its kind,
 * since whoever recorded a fact has not made what was decided about it.
 */
const isMaker = (
  { identity }: Context,
  { secondPerson, machine }: Action,
  { recordedBy }: ChangeableRow,
): boolean =>
  recordedBy === identity.subject &&
  secondPerson.some((name) => makesRow(name) && actionOf(name)?.machine === machine);

/**
 * Which of some actions are another person's, of each of some rows: because the actor took those that
 * the table names, by the log of the row and of its kin; because he made the row, by the row itself, since
 * an import leaves no line of each row; or because he stands in columns that the table names
 * (`fact.record`). As many statements for many rows as for one.
 */
export async function anothers<Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  actions: readonly Action[],
  rows: readonly Row[],
): Promise<readonly ReadonlySet<string>[]> {
  const names = [...new Set(actions.flatMap(({ secondPerson }) => secondPerson))];
  if (!names.length) return rows.map(() => new Set());
  const { em, identity } = ctx;
  const { subject } = identity;
  const people = await noun.people?.(em, rows);
  const logged = names.filter((name) => actionOf(name));
  const targets = rows.map((row) => [
    { type: noun.name, id: numberOf(noun, row) },
    ...(noun.kin?.(row) ?? []),
  ]);
  const taken = logged.length ? await actionsTaken(em, subject, logged, targets) : [];
  return rows.map((row, at) => {
    const isFirst = (name: string): boolean =>
      [people?.[at]?.[name]].flat().includes(subject) || (taken[at]?.has(name) ?? false);
    const apart = actions.filter(
      (action) => isMaker(ctx, action, row) || action.secondPerson.some(isFirst),
    );
    return new Set(apart.map(({ name }) => name));
  });
}

/**
 * Whoever took the actions that the table names must be another person.
 *
 * @throws SOD_VIOLATION
 */
export async function requireSecondPerson<Row extends ChangeableRow>(
  ctx: Context,
  action: Action,
  noun: Noun<Row>,
  row: Row,
): Promise<void> {
  const [apart] = await anothers(ctx, noun, [action], [row]);
  if (apart?.has(action.name)) throw changeFault(ChangeErrorCode.SOD_VIOLATION);
}

/** The actor's own actions on rows of a noun, by his role and purpose. */
export function actionsOf<Row extends ChangeableRow>(
  { identity: { role, purpose } }: Context,
  noun: Noun<Row>,
): Action[] {
  return builtMutations()
    .filter(
      (action) => action.machine === noun.machine && action.rights.get(role)?.purpose === purpose,
    )
    .filter(({ name }) => noun.actions?.includes(nounOf(name)) ?? true);
}

/**
 * The actor's own actions on a row as it stands: by role, purpose, relation and state, and by nothing
 * that he cannot see (DOMAIN 2.1, 3.7(15)).
 */
export function availableActions<Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  row: Row,
): Action[] {
  if (!isNamed(ctx, noun, row)) return [];
  return actionsOf(ctx, noun)
    .filter(({ fromStates }) => fromStates.includes(stateOf(noun, row, ctx.now)))
    .filter((action) => isRelated(ctx, action, noun, row));
}
