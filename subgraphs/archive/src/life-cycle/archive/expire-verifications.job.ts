import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { Act } from '@chengxin/kit/change/act';
import type { Archive } from '../archive.entity.js';
import { archive } from '../archive.noun.js';
import { overdue } from './entry.rules.js';

const JOB = 'expireVerifications';

const OVERDUE = `
  select student_no as "studentNo" from archive
  where state = 'PENDING_VERIFICATION' and verification_due_on < ?::date order by 1`;

/** The administrative warning of an overdue check: to the student and his college (W-08). */
const WARN = `
  insert into warning (student_no, code, colour, trigger_rule, trigger_groups, trigger_values,
    raised_at, handler_office, state)
  values (?, 'W-08', 'ADM', 'VERIFICATION_OVERDUE', '{ACCOUNT}', jsonb_build_object('dueOn', ?::text),
    ?, 'COL', 'RAISED')`;

const warn = ({ studentNo, verificationDueOn }: Archive, { follow }: Act) =>
  follow((em, now) => execute(em, WARN, [studentNo, verificationDueOn, now]));

/** Whoever has not checked his data within the set time has an archive all the same (G10.4). */
export const expireVerifications: Job = {
  name: JOB,
  cron: '15 0 * * *',
  async run(office, at) {
    const found = await execute<{ studentNo: string }>(forkOf(office.orm), OVERDUE, [dayOf(at)]);
    await inTurn(office, { job: JOB, at, found }, async (writer, archives) => {
      for (const { studentNo } of archives)
        await changeByJob(writer, 'profile.expire', archive, studentNo, overdue, warn);
    });
  },
};
