import { actOf } from '@chengxin/kit/change/act';
import { tableRow } from '@chengxin/kit/change/authorization';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { launchArchives } from './launch-archives.js';
import type { SigningLaunch } from './signing-launch.entity.js';

const JOB = 'launchArchives';
/** Archives of one transaction. */
const AT_ONCE = 1000;

const UNFINISHED = `
  select id, cohort, scopes, agreement_version as "agreementVersion",
    commitment_version as "commitmentVersion", verification_days as "verificationDays"
  from signing_launch where not is_complete order by recorded_at, id`;
const FINISH = `update signing_launch set is_complete = true where id = ?::uuid`;

/** Goes on with launches that reach more archives than one request waits for. */
export const finishLaunches: Job = {
  name: JOB,
  cron: '* * * * *',
  async run(office, at) {
    const launches = await execute<SigningLaunch>(forkOf(office.orm), UNFINISHED);
    for (const launch of launches) {
      let reached = AT_ONCE;
      while (reached > 0)
        await inTurn(office, { job: JOB, at, found: [launch] }, async (writer) => {
          const target = { type: 'SigningLaunch', id: launch.id };
          const act = actOf(writer, tableRow('signing.launch'), target);
          reached = await launchArchives(launch, act, AT_ONCE);
          if (!reached) await execute(writer.em, FINISH, [launch.id]);
        });
    }
  },
};
