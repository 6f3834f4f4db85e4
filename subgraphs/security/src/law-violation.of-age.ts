import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Confirmation } from '@chengxin/kit/import/job';
import type { Act } from '@chengxin/kit/call/of-age';
import { notOfAge } from './of-age.js';

const ACTS = `
  select line, value->>'studentNo' as "studentNo", value->>'actOn' as "actOn"
  from import_row where batch_id = ?::uuid order by line`;

/** What the archive said yes to is written on the row, and the table takes no row without it. */
const CONFIRM = `
  update import_row set value = value || jsonb_build_object('ofAgeOn', value->'actOn')
  where batch_id = ?::uuid and not line = any(?::int[])`;

const REASON = { zh: '依法不得录入', en: 'may not enter by law' } as const;

/** The same to a person: nothing of the age is told. */
export const MAY_NOT_ENTER = `${REASON.zh}。 It ${REASON.en}.`;

/** INV-05: an act of a student who was not of age does not enter. */
export const ofAge: Confirmation = {
  column: 'actOn',
  reason: REASON,
  async refusedLines({ orm, config }, batchId, identity) {
    const em = forkOf(orm);
    const acts = await execute<Act & { line: number }>(em, ACTS, [batchId]);
    const refused = await notOfAge(config, acts, identity);
    const lines = refused.map(({ line }) => line);
    await execute(em, CONFIRM, [batchId, lines]);
    return lines;
  },
};
