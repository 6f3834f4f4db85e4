/** Who keeps out of an appeal, as SQL (INV-02): of one for the door, of any number for lists. */
import type { Columns } from '../row-groups/row-groups.js';
import { AppealState } from './appeal-state.js';

/** Who took a step of an appeal; `before` narrows the lines `l` of the log. */
const whoTook = (action: string, id: string, before = 'true'): string =>
  `array(select l.actor from operation_log l
     where l.target_type = 'Appeal' and l.target_id = ${id}::text and l.action = '${action}'
       and ${before})`;

/** Who decided before the further review was requested (`appeal.reject`). */
export const whoRejected = (id: string): string =>
  whoTook(
    'appeal.decide',
    id,
    `l.id < (select max(e.id) from operation_log e
       where e.target_type = 'Appeal' and e.target_id = ${id}::text
         and e.action = 'appeal.escalate')`,
  );

/** Who approved a bad record `c`, in its office or for the archive (`fact.approve`). */
export const WHO_APPROVED = 'array_remove(array[c.approved_by, c.accepted_by], null)';

type Named = Columns<'id' | 'state' | 'recordId' | 'sanctionId'>;

/**
 * Who does not take the next step of an appeal as it stands: who recorded or approved the fact or the
 * sanction, who rejected it before, who proposed the revocation that waits for another.
 */
export const whoKeepsOut = ({ id, state, recordId, sanctionId }: Named): string => `(case
  when ${sanctionId} is not null then coalesce((select array_remove(
      array[s.approved_by, case when ${state} = '${AppealState.FILED}' then s.recorded_by end], null)
    from sanction s where s.id = ${sanctionId}), '{}')
  else ${whoRejected(id)}
    || case when ${state} = '${AppealState.REVOKE_PROPOSED}' then ${whoTook('appeal.decide', id)}
       else '{}' end
    || coalesce((select array_append(${WHO_APPROVED}, c.recorded_by)
       from conduct_record c where c.id = ${recordId}), '{}')
  end)`;
