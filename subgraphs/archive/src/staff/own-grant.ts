/** Nobody approves a file that grants him a role, by whomever it was brought (2.4). */
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { guardBy, type Moment } from '@chengxin/kit/change/guard';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { BatchRow } from '@chengxin/kit/import/batch/import-batch';

const NAMES_ACTOR = `
  select exists (select from import_row r
    where r.batch_id = n.id and r.value->>'staffNo' = v.subject) as found
  from unnest(?::uuid[]) with ordinality n (id, place) cross join (select ?::text as subject) v
  order by n.place`;

async function nameActor(
  em: EntityManager,
  batches: readonly BatchRow[],
  { identity }: Moment,
): Promise<boolean[]> {
  const ids = batches.map(({ id }) => id);
  const rows = await execute<{ found: boolean }>(em, NAMES_ACTOR, [ids, identity.subject]);
  return rows.map(({ found }) => found);
}

export const notOwnGrant = guardBy(nameActor, (_, isNamed) => {
  if (isNamed)
    throw changeFault(
      ChangeErrorCode.SOD_VIOLATION,
      '文件中有您本人的授权。 The file grants a role to yourself.',
    );
});
