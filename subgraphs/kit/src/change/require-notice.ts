/** Nothing passes a notice that was not delivered, or whose time to answer still runs (F-01). */
import type { Action } from '../action/actions.js';
import { execute } from '../database/orm.js';
import { ChangeErrorCode, changeFault } from './errors.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import type { Writer } from './writer.js';

const STANDING = `
  select waits_until::text as "waitsUntil", statement_at is not null as "isAnswered"
  from notice_standing
  where subject_type = ? and subject_id = ? and kind = ? and delivered_at is not null`;

interface Standing {
  readonly waitsUntil: string | null;
  readonly isAnswered: boolean;
}

const NOT_DELIVERED =
  '通知尚未送达；在平台上确认收到即为送达。 The notice has not been delivered yet; to acknowledge it in the portal delivers it.';
const STILL_WAITS =
  '陈述申辩期限未满，且尚未收到陈述。 The time for a statement runs, and none was filed.';

/** @throws STATE_CONFLICT */
export async function requireNotice<Row extends ChangeableRow>(
  { em, today }: Writer,
  { notice }: Action,
  noun: Noun<Row>,
  row: Row,
): Promise<void> {
  if (!notice) return;
  const named = [noun.name, numberOf(noun, row), notice];
  const [standing] = await execute<Standing>(em, STANDING, named);
  const refused = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);
  if (!standing) throw refused(NOT_DELIVERED);
  const { waitsUntil, isAnswered } = standing;
  if (!isAnswered && waitsUntil && today < waitsUntil) throw refused(STILL_WAITS);
}
