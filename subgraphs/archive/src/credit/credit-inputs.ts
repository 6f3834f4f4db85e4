/**
 * What the credit of students was computed from, kept each time that it changes: a past day is computed
 * from what was known then (DOMAIN 6, replay). A record that is deleted is forgotten here by a trigger.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { CreditFacts } from './credit.rules.js';

const KEEP = `
  with v as (
    select "studentNo", facts, gen_random_uuid() as salt
    from jsonb_to_recordset(?::jsonb) as r("studentNo" text, facts jsonb)
  ), latest as (
    select v."studentNo", v.salt, v.facts, l.digest, l.facts is not distinct from v.facts as "isSame"
    from v left join lateral (
      select i.facts, i.digest from credit_input i where i.student_no = v."studentNo"
      order by i.seq desc limit 1) l on true
  ), kept as (
    insert into credit_input (student_no, known_at, salt, digest, facts)
    select "studentNo", ?::timestamptz, salt, digest_of_input(salt, facts), facts
    from latest where not "isSame" returning student_no, digest
  )
  select l."studentNo", coalesce(k.digest, l.digest) as digest
  from latest l left join kept k on k.student_no = l."studentNo"`;

/**
 * Keep what is known of some students from now on, who are locked, in one statement.
 *
 * @returns Digest of each student's input, as a snapshot pins it.
 */
export async function keepInputs(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
  facts: (studentNo: string) => CreditFacts,
): Promise<ReadonlyMap<string, string>> {
  const rows = studentNos.map((studentNo) => ({ studentNo, facts: facts(studentNo) }));
  const kept = await execute<{ studentNo: string; digest: string }>(em, KEEP, [
    JSON.stringify(rows),
    now,
  ]);
  return new Map(kept.map(({ studentNo, digest }) => [studentNo, digest]));
}
