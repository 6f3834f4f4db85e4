/** Who might read of one student at an instant, and by what: in one statement (G20.2, PIPL 44). */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { RUNNING_ROUNDS } from '../access/aid-round.loader.js';
import { OPEN_AUDITS } from '../access/audit.loader.js';
import { SEATED } from '../access/case.loader.js';
import { MATTERS } from '../access/own-matter.js';
import { OWN_TASKS } from '../access/own-task.js';
import { LOAN_CONSENT } from '../access/relation-facts.loader.js';
import { VALID_TOKENS } from '../employer/open-report.loader.js';
import { lockedOut } from '../identity/actor.loader.js';
import { PAST_TABLES } from './as-of.js';
import type { ReadingFacts } from './readers.rules.js';

/** The orgs in which a role must be held for the student: his college, his class, and all above them. */
const ABOVE = `
  above as (
    select o.org_code, o.parent_code from v join student s on s.student_no = v.no
    join org o on o.org_code in (s.college, s.class_code)
    union select o.org_code, o.parent_code from org o join above a on o.org_code = a.parent_code
  )`;

const HELD = `
  select g.id::text as reference, g.staff_no as "staffNo", g.role, g.org_code as "orgCode",
    g.valid_from as since, g.valid_to as until,
    g.org_code in (select org_code from above) as "isPlaced"
  from v join admin_grant g on g.state = 'ACTIVE' and g.valid_from <= v.now
    and (g.valid_to is null or g.valid_to > v.now)
  join staff p on p.staff_no = g.staff_no
  where not ${lockedOut('g.staff_no')} order by g.staff_no, g.id`;

const SEATS = `
  select c.case_id as reference, c.purpose, a.staff_no as "staffNo",
    greatest(c.opens_at, a.valid_from) as since,
    least(c.closes_at, a.valid_to, a.revoked_at) as until
  ${SEATED} and s.student_no = v.no order by c.case_id, a.staff_no`;

const AUDITS = `
  select d.audit_no as reference, d.staff_no as "staffNo", d.opens_at as since,
    d.closes_at as until
  ${OPEN_AUDITS} order by d.audit_no`;

const ROUNDS = `
  select r.round_id as reference, r.opens_at as since, r.closes_at as until
  ${RUNNING_ROUNDS}
  where exists (select from jsonb_array_elements_text(r.org_codes) c
    where c in (select org_code from above)) order by r.round_id`;

const TASKS = OWN_TASKS.map(
  ({ purpose, table, role = null, isOwn }) => `
    select f.id::text as reference, '${purpose}' as purpose, ${role ? `'${role}'` : 'null'} as role,
      h.staff_no as "staffNo", null::timestamptz as since, null::timestamptz as until
    from v join ${table} f on f.student_no = v.no
    join (select distinct staff_no from admin_grant) h on ${isOwn('h.staff_no')}`,
).join(' union all ');

const TOKENS = `
  select t.id::text as reference, t.report_template as template, t.issued_at as since,
    least(t.expires_at, c.expires_at) as until
  ${VALID_TOKENS} and c.student_no = v.no and t.state <> 'EXHAUSTED' and t.used_views < t.max_views
  order by t.id`;

/** Providers read their own rows under these alone (note 6). */
const CONSENTS = `
  select c.consent_id as reference, c.recipient_uscc as recipient,
    c.field_groups as groups, c.granted_at as since, c.expires_at as until
  from v join consent c on c.student_no = v.no
  where c.purpose in ('THIRD_PARTY_COLLECT', 'POSTGRAD_LOAN') and c.granted_at <= v.now
    and c.expires_at > v.now and (c.withdrawn_at is null or c.withdrawn_at > v.now)
  order by c.consent_id`;

const IN_MATTERS = Object.entries(MATTERS)
  .map(([role, { condition }]) => `'${role}', ${condition('v.no')}`)
  .join(', ');

const rowsOf = (sql: string): string => `(select coalesce(jsonb_agg(x), '[]') from (${sql}) x)`;

const factsIn = (tables: string): string => `
  with recursive v as (select ?::text as no, ?::timestamptz as now), ${tables} ${ABOVE}
  select ${rowsOf(HELD)} as grants, ${rowsOf(SEATS)} as seats, ${rowsOf(AUDITS)} as audits,
    ${rowsOf(ROUNDS)} as rounds, ${rowsOf(TASKS)} as tasks, ${rowsOf(TOKENS)} as tokens,
    ${rowsOf(CONSENTS)} as consents,
    jsonb_build_object(${IN_MATTERS}) as matters, ${LOAN_CONSENT('v.no')} as "schoolMayReadLoans",
    not ${lockedOut('v.no')} as "isAwake"
  from v`;

const NOW = factsIn('');
const THEN = factsIn(`${PAST_TABLES},`);

/**
 * What hangs on rows of who may read of a student, once a call.
 *
 * @param at  A past instant; this one, when nothing is said.
 */
export const readingFacts = (ctx: Context, studentNo: string, at?: Date): Promise<ReadingFacts> =>
  ctx.loader(`${NOW} ${studentNo} ${at?.toISOString()}`, async () => {
    const [facts] = await execute<ReadingFacts>(ctx.em, at ? THEN : NOW, [
      studentNo,
      at ?? ctx.now,
    ]);
    return facts!;
  });
