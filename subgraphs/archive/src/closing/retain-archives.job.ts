import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { stateAlone } from '../life-cycle/archive/entry.rules.js';
import { archive } from '../life-cycle/archive.noun.js';

const JOB = 'retainArchives';

const CLOSED = `
  select student_no as "studentNo" from archive
  where state = 'CLOSED' and closed_on < ?::date order by 1`;

/** Archives that were closed on an earlier day are only kept from then on (2.4, 3.6). */
export const retainArchives: Job = {
  name: JOB,
  cron: '20 0 * * *',
  async run(office, at) {
    const found = await execute<{ studentNo: string }>(forkOf(office.orm), CLOSED, [dayOf(at)]);
    await inTurn(office, { job: JOB, at, found }, async (writer, archives) => {
      for (const { studentNo } of archives)
        await changeByJob(writer, 'archive.retain', archive, studentNo, stateAlone);
    });
  },
};
