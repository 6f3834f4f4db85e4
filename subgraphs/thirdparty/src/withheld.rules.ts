/**
 * What the condition notes withhold from a caller on rows of this office. Pure. Source: DOMAIN 3.4.
 */
import { fault } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Group } from '@chengxin/kit/privacy/groups';
import { cell } from '@chengxin/kit/privacy/matrix';
import { refusalOf } from '@chengxin/kit/privacy/verdict';

/**
 * Fields by the note of the caller's cell, where `masks.csv` has no row for them. 6: a provider
 * knows people by consent alone. 16: an auditor reads provider and date, and not what was owed.
 */
const WITHHELD: Readonly<Record<number, readonly string[]>> = {
  6: ['studentNo'],
  16: ['contractNoMasked', 'state', 'settled'],
};

/**
 * A field of a row, unless the note of the caller's cell withholds it.
 *
 * @throws The refusal of that cell, as for a field that the table shuts.
 */
export function disclosed<Row extends object, F extends keyof Row & string>(
  { role }: Pick<Identity, 'role'>,
  group: Group,
  row: Row,
  field: F,
): Row[F] {
  const { note } = cell(role, group);
  if (note === undefined || !WITHHELD[note]?.includes(field)) return row[field];
  const { code, ...named } = refusalOf(role, group);
  throw fault(code, undefined, { ...named, masked: true });
}
