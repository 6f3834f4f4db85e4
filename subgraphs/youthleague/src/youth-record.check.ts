import type { StagedCheck } from '@chengxin/kit/import/job';

/** A revoked record never comes back by a file (DOMAIN 2.4); `same` finds it by its natural key. */
export const notRevoked = (table: string, column: string, same: string): StagedCheck => ({
  column,
  reason: { zh: '该记录已撤销', en: 'the record was revoked' },
  wrong: `exists (select from ${table} t where t.student_no = r.value->>'studentNo'
    and t.state = 'REVOKED' and ${same})`,
});
