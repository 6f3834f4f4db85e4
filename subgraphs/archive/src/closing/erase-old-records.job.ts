/** Bad records go five years after their act has ended, with all that rests on them (L-04, INV-11). */
import { appendLine } from '@chengxin/kit/change/operation-log';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { endedBefore, ERASE_OLD } from '@chengxin/kit/change/old-facts';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { OPEN_APPEALS } from '../appeal/appeal-state.js';
import { lockStudents } from '../lock-order.js';
import { restsOnNothing, restsOnSealed } from '../row-groups/procedure.groups.js';
import { listed } from '../row-groups/row-groups.js';
import { PENDING_STATES } from '../rules/conduct-state.js';
import { conductRecord } from '../conduct/conduct-record.noun.js';
import { followRecords } from '../conduct/follow.js';

/**
 * Sanctions `s` that hold no record back although they are neither lifted nor annulled: an expulsion in
 * effect, a term that is over and was not lifted, and what rests on revoked or sealed records. Nobody need
 * act for the records to go (INV-11).
 */
const SETTLED = `(s.state in ('LIFTED', 'ANNULLED')
  or (s.type = 'EXPULSION' and s.state = 'EFFECTIVE')
  or (s.state = 'TERM_RUNNING' and s.term_ends_on < ?::date)
  or ${restsOnNothing('s.id')} or ${restsOnSealed('s.id')})`;

/**
 * Records whose act, and the duty behind it, ended by a day. What is not settled is settled first: a
 * finding that is pending, an appeal, a sanction that is decided on or runs.
 */
const OLD = `
  select c.id, c.student_no as "studentNo" from conduct_record c
  where coalesce(c.ended_on, c.occurred_on) <= ?::date
    and (c.bill_no is null or c.cured_on <= ?::date)
    and c.state not in (${listed(PENDING_STATES)})
    and not exists (select from appeal p where p.state in (${listed(OPEN_APPEALS)})
      and (p.record_id = c.id or p.sanction_id = c.sanction_id))
    and not exists (select from sanction s where s.id = c.sanction_id and not ${SETTLED})
  order by c.student_no, c.id`;

interface Old {
  readonly id: string;
  readonly studentNo: string;
}

export const eraseOldRecords: Job = {
  ...ERASE_OLD,
  async run(office, at) {
    const today = dayOf(at);
    const ended = endedBefore(today);
    const found = await execute<Old>(forkOf(office.orm), OLD, [ended, ended, today]);
    await inTurn(office, { job: ERASE_OLD.name, at, found }, async (writer, records) => {
      const { em } = writer;
      const studentNos = [...new Set(records.map(({ studentNo }) => studentNo))];
      await lockStudents(em, studentNos);
      // The line first: the key that it makes is destroyed with the others.
      for (const { id, studentNo } of records)
        await appendLine(writer, {
          action: 'conduct.erase',
          target: { type: conductRecord.name, id },
          studentNo,
        });
      const ids = records.map(({ id }) => id);
      await execute(em, 'select erase_old_records(?::uuid[], ?::date, ?::date)', [
        ids,
        ended,
        today,
      ]);
      await followRecords(em, at, studentNos);
    });
  },
};
