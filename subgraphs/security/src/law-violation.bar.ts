import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { Act } from '@chengxin/kit/call/of-age';
import { destroyKeys } from './destroyed-keys.js';
import { BARRED_EVENT } from './finding.publish.js';
import { notOfAge } from './of-age.js';

const HELD = `
  select v.student_no as "studentNo", v.act_on::text as "actOn", a.version
  from age_recheck a join law_violation v using (student_no) order by 1, 2`;

const BAR = `
  with barred as (
    delete from law_violation v using jsonb_array_elements(?::jsonb) e
    where v.student_no = e->>'studentNo' and v.act_on = (e->>'actOn')::date
    returning v.*
  ), logged as (
    insert into operation_log (at, actor, role, action, target, request_id)
    select ?, 'security', 'SYSTEM', 'lawViolation.bar', id, gen_random_uuid() from barred
  ), noticed as (
    delete from notice_standing s using barred b
    where s.subject_type = 'LawViolation' and s.subject_id = b.id::text
    returning s.key, s.version
  ), told as (
    insert into outbox (topic, key, version, at)
    select 'notice', key, version + 1, now() from noticed
  )
  ${BARRED_EVENT}`;

/** A correction that came meanwhile is checked in the next run. */
const DONE = `
  delete from age_recheck a using jsonb_array_elements(?::jsonb) e
  where a.student_no = e->>'studentNo' and a.version = (e->>'version')::int`;

/**
 * When a corrected birth date shows that a student was not of age at an act, its record goes, with
 * its notice and what the log says of it, which is published to the archive (INV-05).
 */
export const barLawViolations: Job = {
  name: 'barLawViolations',
  cron: '*/5 * * * *',
  async run({ orm, config }, at) {
    const held = await execute<Act & { version: number }>(forkOf(orm), HELD);
    if (held.length === 0) return;
    const refused = await notOfAge(config, held);
    await forkOf(orm).transactional(async (inner) => {
      const em = inner as EntityManager;
      await execute(em, BAR, [JSON.stringify(refused), at]);
      await destroyKeys(em);
      await execute(em, DONE, [JSON.stringify(held)]);
    });
  },
};
