/** Writes down what calls showed, and the events that follow, for any number of students at once. */
import type { AccessCall } from '@chengxin/kit/disclosure/access-call';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

/**
 * Events are put in the order of their keys, so that two writers of one request wait for each other
 * and never for ever. Whatever came twice is written once. The holder of a report token is called as
 * the consent behind it calls the recipient.
 */
const WRITE = `
  with call as (
    select c.*, p.part, p.content,
      array(select jsonb_array_elements_text(coalesce(content->'studentNos', '[""]'))) as students
    from jsonb_to_recordset(?::jsonb) c ("callId" uuid, "requestId" uuid, at timestamptz,
      subject text, role text, purpose text, reference text, "operationName" text, "tablesHash" text, parts jsonb)
    cross join lateral jsonb_array_elements(c.parts) with ordinality p (content, part)
  ), event as (
    insert into access_event (id, request_id, student_no, at, actor, actor_role, actor_name,
      actor_office, purpose, reference, operation_name, tables_hash)
    select distinct on (id) t."requestId" || '/' || about.student_no as id, t."requestId",
      about.student_no, t.at, t.subject, t.role, coalesce(s.name, k.recipient_name), o.name,
      t.purpose, t.reference, t."operationName", t."tablesHash"
    from call t cross join lateral unnest(t.students) about (student_no)
    left join staff s on s.staff_no = t.subject left join org o on o.org_code = s.org_code
    left join report_token r on t.role = 'EMPLOYER_TOKEN' and r.id::text = t.reference
    left join credit_report d on t.role = 'EMPLOYER_TOKEN' and d.id::text = t.reference
    left join consent k on k.consent_id = coalesce(r.consent_id, d.consent_id)
    order by id, t.at
    on conflict (id) do nothing
  )
  insert into access_call (call_id, part, request_id, office, student_nos, allowed, masked, denied,
    student_count)
  select "callId", part, "requestId", ?, students,
    array(select jsonb_array_elements_text(content->'groups'->'ALLOW')),
    array(select jsonb_array_elements_text(content->'groups'->'MASK')),
    array(select jsonb_array_elements_text(content->'groups'->'DENY')),
    (content->>'count')::integer
  from call
  on conflict do nothing`;

/** Write down the calls of one office. */
export const writeAccess = (
  em: EntityManager,
  office: string,
  calls: readonly AccessCall[],
): Promise<unknown> => execute(em, WRITE, [JSON.stringify(calls), office]);

/** The archive writes down its own at once. */
export const discloseHere = (em: EntityManager, calls: readonly AccessCall[]): Promise<unknown> =>
  writeAccess(em, 'archive', calls);
