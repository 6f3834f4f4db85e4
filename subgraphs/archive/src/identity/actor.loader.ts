/**
 * What a person may be, as the gateway gets it for each request (ARCHITECTURE §3): grants held, and
 * whether the named case, audit, aid round or task is open. Answers the gateway alone, never a client.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type {
  HeldGrant,
  NamedAudit,
  NamedCase,
  NamedRound,
  NamedToken,
  ActorGrants,
  ActorQuestion,
} from '@chengxin/kit/call/actor';
import { OWN_DECIDED, OWN_TASKS } from '../access/own-task.js';
import { OPEN_BATCHES } from '../collection/open-batch.js';
import { erased } from '../student/erased.js';

/** SQL: whose account is locked or closed is nobody (G7.2b, Z6.3c). */
export const lockedOut = (subject: string): string =>
  `exists (select from account a where a.subject = ${subject} and a.state in ('LOCKED', 'CLOSED'))`;

/**
 * Who somebody is. A student who logs in by a number that he had before is who he is; by one that became
 * part of another nobody signs in (F-07).
 */
const PERSON = `
  select p."studentNo", p.name, p."isStaff" from (
    select student_no as subject, student_no as "studentNo", name, false as "isStaff" from student
    where student_no = coalesce((select f.student_no from former_number f where f.old_no = ?
      and not exists (select from student_alias a where a.old_no = f.old_no and not a.signs_in)), ?)
      and not ${erased('student.student_no')}
    union all
    select staff_no, null, name, true from staff where staff_no = ?
  ) p where not ${lockedOut('p.subject')}`;

const GRANTS = `
  select role, org_code as "orgCode", valid_from as "validFrom", valid_to as "validTo"
  from admin_grant where staff_no = ? and state = 'ACTIVE' order by role, org_code`;

const CASE = `
  select c.purpose, greatest(c.opens_at, a.valid_from) as "opensAt",
    least(c.closes_at, a.valid_to, a.revoked_at) as "closesAt",
    c.state in ('OPEN', 'IN_EVALUATION') as running, a.staff_no is not null as assigned
  from evaluation_case c
  left join case_assignment a on a.case_id = c.case_id and a.staff_no = ?
  where c.case_id = ?`;

const AUDIT = `
  select opens_at as "opensAt", closes_at as "closesAt" from audit
  where audit_no = ? and staff_no = ?`;

const ROUND = `
  select opens_at as "opensAt", closes_at as "closesAt", state = 'OPEN' as running
  from aid_round where round_id = ?`;
const TASKS = OWN_TASKS.map(
  ({ purpose, table, isOwn }) =>
    `select '${purpose}' as purpose, null::timestamptz as until from ${table} f, v where f.id = v.reference and ${isOwn('v.subject')}`,
).join(' union all ');
const OWN_TASK = `with v as (select ?::uuid as reference, ?::text as subject) ${TASKS}
  union all ${OWN_DECIDED} union all ${OPEN_BATCHES}`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The purposes for which a reference names a task of somebody's own: open, or decided just now. */
async function tasksOf(
  em: EntityManager,
  subject: string,
  reference = '',
): Promise<Pick<ActorGrants, 'tasks' | 'decidedTasks'>> {
  if (!UUID.test(reference)) return {};
  const rows = await execute<{ purpose: string; until: string | null }>(em, OWN_TASK, [
    reference,
    subject,
  ]);
  const tasks = rows.flatMap(({ purpose, until }) => (until === null ? [purpose] : []));
  const decidedTasks = rows.flatMap(({ purpose, until }) => (until ? [{ purpose, until }] : []));
  return { ...(tasks.length && { tasks }), ...(decidedTasks.length && { decidedTasks }) };
}

const TOKEN = `
  select t.id as "tokenId", t.state in ('ISSUED', 'USED') and t.used_views < t.max_views as usable,
    greatest(t.issued_at, c.granted_at) as "opensAt", t.expires_at as "expiresAt",
    c.expires_at as "consentExpiresAt", c.withdrawn_at as "withdrawnAt"
  from report_token t join consent c on c.consent_id = t.consent_id
  where t.token_hash = ? and c.purpose = 'EMPLOYER_REPORT'`;

/** What a report token is good for; who holds it is nobody here. */
async function readToken(em: EntityManager, tokenHash: string): Promise<ActorGrants> {
  const [token] = await execute<NamedToken>(em, TOKEN, [tokenHash]);
  return { isStaff: false, grants: [], ...(token && { token }) };
}

/** Read what one person may be, or of the holder of a report token. */
export async function readActor(
  em: EntityManager,
  { subject, caseId, reference, tokenHash }: ActorQuestion,
): Promise<ActorGrants> {
  if (tokenHash) return readToken(em, tokenHash);
  const [person] = await execute<{ studentNo: string | null; name: string; isStaff: boolean }>(
    em,
    PERSON,
    [subject, subject, subject],
  );
  const grants = person?.isStaff ? await execute<HeldGrant>(em, GRANTS, [subject]) : [];
  const [named] = caseId ? await execute<NamedCase>(em, CASE, [subject, caseId]) : [];
  const [audit] = reference ? await execute<NamedAudit>(em, AUDIT, [reference, subject]) : [];
  const [round] = reference ? await execute<NamedRound>(em, ROUND, [reference]) : [];
  const tasks = await tasksOf(em, subject, reference);
  return {
    isStaff: person?.isStaff ?? false,
    grants,
    ...(person && { name: person.name }),
    ...(person?.studentNo && { studentNo: person.studentNo }),
    ...(named && { case: named }),
    ...(audit && { audit }),
    ...(round && { round }),
    ...tasks,
  };
}
