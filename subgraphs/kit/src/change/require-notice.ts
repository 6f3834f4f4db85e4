/** Nothing passes a notice that was not delivered, or whose time to answer still runs (F-01). */
import DataLoader from 'dataloader';
import type { GraphQLError } from 'graphql';
import type { Action } from '../action/actions.js';
import type { Context } from '../call/context.js';
import { execute, type EntityManager } from '../database/orm.js';
import { ChangeErrorCode, changeFault } from './errors.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import type { Writer } from './writer.js';

const STANDING = `
  select key, waits_until::text as "waitsUntil", statement_at is not null as "isAnswered"
  from notice_standing where key = any(?::text[]) and delivered_at is not null`;

/** How a notice that was delivered stands. */
interface Standing {
  readonly key: string;
  readonly waitsUntil: string | null;
  readonly isAnswered: boolean;
}

const NOT_DELIVERED =
  '通知尚未送达；在平台上确认收到即为送达。 The notice has not been delivered yet; to acknowledge it in the portal delivers it.';
const STILL_WAITS =
  '陈述申辩期限未满，且尚未收到陈述。 The time for a statement runs, and none was filed.';

/** As the table writes it: `Sanction:…:SANCTION`. */
const keyOf = <Row extends ChangeableRow>(noun: Noun<Row>, row: Row, notice: string): string =>
  `${noun.name}:${numberOf(noun, row)}:${notice}`;

/** Of some notices, in their order; none of one that was not delivered. */
async function standingsOf(
  em: EntityManager,
  keys: readonly string[],
): Promise<(Standing | undefined)[]> {
  const found = await execute<Standing>(em, STANDING, [keys]);
  const byKey = new Map(found.map((standing) => [standing.key, standing]));
  return keys.map((key) => byKey.get(key));
}

/** Why an action is not taken as its notice stands; undefined where it is. */
function refusalOf(standing: Standing | undefined, today: string): GraphQLError | undefined {
  const refused = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);
  if (!standing) return refused(NOT_DELIVERED);
  const { waitsUntil, isAnswered } = standing;
  return !isAnswered && waitsUntil && today < waitsUntil ? refused(STILL_WAITS) : undefined;
}

/** @throws STATE_CONFLICT */
export async function requireNotice<Row extends ChangeableRow>(
  { em, today }: Writer,
  { notice }: Action,
  noun: Noun<Row>,
  row: Row,
): Promise<void> {
  if (!notice) return;
  const [standing] = await standingsOf(em, [keyOf(noun, row, notice)]);
  const refusal = refusalOf(standing, today);
  if (refusal) throw refusal;
}

const notices = (ctx: Context) =>
  ctx.loader(
    STANDING,
    () => new DataLoader((keys: readonly string[]) => standingsOf(ctx.em, keys)),
  );

/** Whether its notice lets an action be taken; for all rows and actions of a call in one statement. */
export async function isNotified<Row extends ChangeableRow>(
  ctx: Context,
  { notice }: Action,
  noun: Noun<Row>,
  row: Row,
): Promise<boolean> {
  if (!notice) return true;
  return !refusalOf(await notices(ctx).load(keyOf(noun, row, notice)), ctx.today);
}
