/** Writes down what calls showed: events and their parts, for any number of students at once. */
import type { AccessCall } from '@chengxin/kit/disclosure/access-call';
import type { DisclosureWriter } from '@chengxin/kit/disclosure/write';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

/**
 * Events are put in the order of their keys, so that two writers of one request wait for each other
 * and never for ever. Whatever came twice is written once.
 */
const WRITE = `
  with told as (
    select c.*, p.part, p.content from jsonb_to_recordset(?::jsonb) c ("callId" uuid,
      "requestId" text, at timestamptz, subject text, role text, purpose text, reference text,
      "operationName" text, parts jsonb)
    cross join lateral jsonb_array_elements(c.parts) with ordinality p (content, part)
  ), part as (
    select told.*, told."requestId" || '/' || s.student_no as event_id, s.student_no
    from told cross join lateral
      jsonb_array_elements_text(coalesce(content->'studentNos', '[""]')) s (student_no)
  ), event as (
    insert into access_event (id, request_id, student_no, at, actor, actor_role, actor_name,
      actor_office, purpose, reference, operation_name)
    select distinct on (event_id) event_id, "requestId", student_no, at, subject, role, s.name,
      o.name, purpose, reference, "operationName"
    from part left join staff s on s.staff_no = subject left join org o using (org_code)
    order by event_id, at
    on conflict (id) do nothing
  )
  insert into access_event_part (event_id, call_id, part, office, allowed, masked, denied,
    student_count)
  select event_id, "callId", part, ?,
    array(select jsonb_array_elements_text(content->'groups'->'ALLOW')),
    array(select jsonb_array_elements_text(content->'groups'->'MASK')),
    array(select jsonb_array_elements_text(content->'groups'->'DENY')),
    (content->>'count')::integer
  from part
  on conflict do nothing`;

/** Write down the calls of one office. */
export const writeAccess = (
  em: EntityManager,
  office: string,
  calls: readonly AccessCall[],
): Promise<unknown> => execute(em, WRITE, [JSON.stringify(calls), office]);

/** The archive writes down its own at once. */
export const discloseHere: DisclosureWriter = (em, call) => writeAccess(em, 'archive', [call]);
