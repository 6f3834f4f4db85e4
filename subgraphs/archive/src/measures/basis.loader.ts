/** The records that a measure or key attention rests on (2.4, L-16). */
import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { lockVisible } from '@chengxin/kit/change/visible-row';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { conductRecord } from '../conduct/conduct-record.noun.js';

const RECORDS_AT_MOST = 20;

const ACTIVE = `
  select count(*)::integer as active from conduct_record
  where id = any(?::uuid[]) and student_no = ? and state = 'ACTIVE' and not disputed`;

/** @throws STATE_CONFLICT unless all of them are of the student, active and not disputed. */
export async function requireActive(
  studentNo: string,
  ids: readonly string[],
  { follow }: Act,
): Promise<void> {
  const [found] = await follow((em) => execute<{ active: number }>(em, ACTIVE, [ids, studentNo]));
  if (found?.active !== ids.length)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '所列记录须属同一学生、在档有效且无争议。 The records must be of one student, active and not disputed.',
    );
}

/**
 * Records beside the first, each seen by the actor.
 *
 * @throws NOT_FOUND for one that he does not see; VALIDATION for too many.
 */
export async function requireVisible(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length >= RECORDS_AT_MOST)
    throw invalid(
      'recordIds',
      `至多 ${RECORDS_AT_MOST} 条记录。 At most ${RECORDS_AT_MOST} records.`,
    );
  // Each is locked in its turn.
  for (const id of ids) await lockVisible(ctx, conductRecord, id);
}

type Resting = 'measure' | 'key_attention';

const linkOf = (table: Resting): string => `
  insert into ${table}_record (${table}_id, record_id, student_no)
  select ?::uuid, r::uuid, ? from unnest(?::text[]) r`;

/** What a new row rests on, in one statement. */
export const restOn = (
  em: EntityManager,
  table: Resting,
  { id, studentNo }: { readonly id: string; readonly studentNo: string },
  recordIds: readonly string[],
): Promise<unknown> => execute(em, linkOf(table), [id, studentNo, recordIds]);

const standsOf = (table: Resting): string => `
  select 1 from ${table}_record l join conduct_record c on c.id = l.record_id
  where l.${table}_id = ?::uuid and c.state = 'ACTIVE' and not c.disputed limit 1`;

/** @throws STATE_CONFLICT where no active, undisputed record carries a row any more. */
export async function requireGrounds(table: Resting, id: string, { follow }: Act): Promise<void> {
  const [found] = await follow((em) => execute(em, standsOf(table), [id]));
  if (!found)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '已无有效且无争议的记录可依据。 No active, undisputed record carries it any more.',
    );
}

const LISTED = `select 1 from measure_list_item where code = any(?::text[]) and subject_type = 'STUDENT'`;

/** @throws VALIDATION for a measure that is not on the list of what may follow for a student (L-16). */
export async function requireListed(
  path: string,
  codes: readonly string[],
  { follow }: Act,
): Promise<void> {
  const named = [...new Set(codes)];
  const found = await follow((em) => execute(em, LISTED, [named]));
  if (found.length !== named.length)
    throw invalid(path, '惩戒措施清单中没有此项。 Not on the list of measures.');
}
