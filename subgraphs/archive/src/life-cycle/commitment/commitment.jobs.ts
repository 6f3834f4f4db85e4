/** What becomes of promises with time: signed ones come into force, offers end (2.4). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { stateAlone } from './commitment-change.rules.js';
import { commitment } from './commitment.noun.js';

const SIGNED = `
  select c.id from commitment c
  join commitment_template t on t.matter = c.matter and t.template_version = c.template_version
  where c.state = 'SIGNED' and t.valid_from <= ?::date order by c.student_no, c.id`;

const OVER = `
  select id from commitment
  where state = 'OFFERED' and coalesce(sign_by, due_on) < ?::date order by student_no, id`;

/** A daily change of promises that a statement finds for a day. */
const promises = (name: string, cron: string, action: string, find: string): Job => ({
  name,
  cron,
  async run(office, at) {
    const found = await execute<{ id: string }>(forkOf(office.orm), find, [dayOf(at)]);
    await inTurn(office, { job: name, at, found }, async (writer, rows) => {
      for (const { id } of rows) await changeByJob(writer, action, commitment, id, stateAlone);
    });
  },
});

/** What was signed is in force once its text is valid. */
export const startCommitments = promises(
  'startCommitments',
  '20 * * * *',
  'commitment.start',
  SIGNED,
);

/** What was offered and not signed by its day is not offered any more; the entry commitment has no such day. */
export const expireCommitments = promises(
  'expireCommitments',
  '25 0 * * *',
  'commitment.expire',
  OVER,
);
