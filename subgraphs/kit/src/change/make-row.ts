/** The door's ways to make a row: on one that is there, on nothing, in the place of another (DOMAIN 2.7). */
import type { Context } from '../call/context.js';
import { hasColumn } from '../database/columns.js';
import type { Group } from '../privacy/groups.js';
import { actOf, type Act } from './act.js';
import { requireReason, requireRelation, tableRow } from './authorization.js';
import {
  actOn,
  change,
  Change,
  requireChangeable,
  rowOf,
  type After,
  type ChangeRequest,
  type Payload,
  type RowRequest,
  type Step,
  type Taken,
} from './door.js';
import { invalid } from './errors.js';
import {
  numberOf,
  type ChangeableRow,
  type Noun,
  type ParentNoun,
  type VisibleRow,
} from './noun.js';
import { lockVisible } from './visible-row.js';
import { insertRow, type Changes } from './write-row.js';

/** With the number of a row it is changed; without one, a row is made. */
export interface SaveRequest extends ChangeRequest {
  readonly id?: string;
  readonly expectedVersion?: number;
}

/** What a new row hangs on: a bill, a record, a student. */
export interface Parent<Row extends VisibleRow> {
  readonly noun: ParentNoun<Row>;
  readonly id: string;
  /** Further groups that must be open on its student. */
  readonly groups?: readonly Group[];
}

/**
 * Make a row that hangs on one that is there, which is locked and must be visible like any other; its
 * student is the new row's.
 *
 * @throws As `change`.
 */
export function open<Row extends ChangeableRow, On extends VisibleRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  on: Parent<On>,
  request: ChangeRequest,
  step: Step<Row, On>,
  after?: After<Row>,
): Promise<Payload> {
  const action = tableRow(name);
  const one = new Change(ctx, action, noun);
  return one.run(request, async () => {
    const groups = [noun.rows.group, ...(on.groups ?? [])];
    const parent = await lockVisible(ctx, on.noun, on.id, { more: groups });
    const { studentNo } = parent;
    await requireChangeable(ctx, action, parent);
    const act = actOf(ctx, action, { type: on.noun.name, id: on.id });
    const made = await step(parent, act);
    const isOfStudent = studentNo && hasColumn(noun.entity, 'studentNo');
    const changes = { ...made, ...(isOfStudent && { studentNo }) } as Changes<Row>;
    const written = await makeRow({ ctx, action, noun }, request, changes);
    await after?.(written, act);
    return written;
  });
}

/**
 * Make a row that hangs on nothing: who may is said by role and relation alone.
 *
 * @param after  What follows once the row is written: its basis is the row itself.
 * @throws As `change`.
 */
export function make<Row extends ChangeableRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  request: ChangeRequest,
  step: (act: Act) => Changes<Row> | Promise<Changes<Row>>,
  after?: After<Row>,
): Promise<Payload> {
  const action = tableRow(name);
  const one = new Change(ctx, action, noun);
  return one.run(request, async () => {
    const actOn = (id: string) => actOf(ctx, action, { type: noun.name, id });
    const changes = await step(actOn(''));
    const written = await makeRow({ ctx, action, noun }, request, changes);
    await after?.(written, actOn(numberOf(noun, written)));
    return written;
  });
}

/** Write a new row, where its reason is given and it stands to the actor as the table wants. */
async function makeRow<Row extends ChangeableRow>(
  { ctx, action, noun }: Taken<Row>,
  { reason }: ChangeRequest,
  changes: Changes<Row>,
): Promise<Row> {
  requireReason(action, reason);
  requireRelation(ctx, action, noun, changes as unknown as Row);
  return insertRow(ctx, action, noun, { changes, reason });
}

/**
 * Refuse a request that names a row without the version that was seen, or a version without its row.
 *
 * @throws FORBIDDEN_ACTION, PURPOSE_REQUIRED; VALIDATION, which names what is missing, stands in the payload.
 */
export function refuseHalf<Row extends ChangeableRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  request: SaveRequest,
): Promise<Payload> {
  const missing =
    request.id === undefined
      ? invalid(
          'id',
          '请给出要修改的记录。 Name the row that is changed, or leave out the version.',
        )
      : invalid('expectedVersion', '请给出所见的版本。 Name the version that was seen.');
  return new Change(ctx, tableRow(name), noun).run(request, () => Promise.reject(missing));
}

/** How a row is made and how one is changed by the same mutation. */
export interface SaveSteps<Row, On> {
  readonly made: Step<Row, On>;
  readonly changed: Step<Row>;
  /** What follows either. */
  readonly after?: After<Row>;
}

/**
 * Make a row or change one, for actions from `NONE` and from other states (`entry.save`): the request
 * that names a row changes it.
 *
 * @throws As `change`; VALIDATION where `id` or `expectedVersion` is given alone.
 */
export function save<Row extends ChangeableRow, On extends VisibleRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  on: Parent<On>,
  request: SaveRequest,
  { made, changed, after }: SaveSteps<Row, On>,
): Promise<Payload> {
  const { id, expectedVersion } = request;
  if (id === undefined && expectedVersion === undefined)
    return open(ctx, name, noun, on, request, made, after);
  if (id === undefined || expectedVersion === undefined)
    return refuseHalf(ctx, name, noun, request);
  return change(ctx, name, noun, { ...request, id, expectedVersion }, changed, after);
}

/**
 * Make a row that takes the place of one of the same noun later (`entry.revise`): the old one is
 * checked as if it changed, and stays as it is.
 *
 * @throws As `change`.
 */
export function openNext<Row extends ChangeableRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  request: RowRequest,
  step: Step<Row>,
  after?: After<Row>,
): Promise<Payload> {
  const action = tableRow(name);
  const taken = { ctx, action, noun };
  const one = new Change(ctx, action, noun);
  return one.run(request, async () => {
    const row = await rowOf(taken, request, (seen) => one.stands(seen));
    const act = actOn(taken, row);
    const changes = await step(row, act);
    const written = await makeRow(taken, request, changes);
    await after?.(written, act);
    return written;
  });
}
