/** Records that a sanction may rest on. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Grounds } from './sanction-change.rules.js';

/** A sanction lives from its draft until it is withdrawn or annulled; once lifted, its records do not count. */
const FREE = `
  select (select count(*)::integer from conduct_record r
    where r.id in (select jsonb_array_elements_text(g.value->'recordIds')::uuid)
      and r.student_no = g.value->>'studentNo' and r.state in ('ACTIVE', 'MITIGATED')
      and not r.disputed
      and not exists (select from sanction s
        where s.student_no = r.student_no and s.state not in ('WITHDRAWN', 'ANNULLED')
          and s.id is distinct from (g.value->>'id')::uuid
          and (s.id = r.sanction_id or r.id::text = any(s.record_ids)))) as free
  from jsonb_array_elements(?::jsonb) with ordinality as g (value, at) order by g.at`;

/** How many of the records of each are free to be sanctioned. */
export async function freeOf(em: EntityManager, all: readonly Grounds[]): Promise<number[]> {
  const grounds = all.map(({ id, studentNo, recordIds }) => ({ id, studentNo, recordIds }));
  const rows = await execute<{ free: number }>(em, FREE, [JSON.stringify(grounds)]);
  return rows.map(({ free }) => free);
}
