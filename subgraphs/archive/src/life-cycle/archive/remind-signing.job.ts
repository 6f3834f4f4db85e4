import { makeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { dayOf } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { lockStudents } from '../../lock-order.js';
import { sendNotices } from '../../notify/send-notices.js';
import { dueReminders } from './signing-reminder.loader.js';
import { signingReminder } from './signing-reminder.noun.js';
import { noticeOfReminder } from './signing-reminder.rules.js';

const JOB = 'remindSigning';
/** Students of one transaction. */
const AT_ONCE = 1000;

/**
 * Reminds students of what they are still to sign, to activate or to confirm (G10.2, G10.4, F-01).
 * Whoever did it meanwhile, or was reminded by another replica, is found so under the lock.
 */
export const remindSigning: Job = {
  name: JOB,
  cron: '30 8 * * *',
  async run(office, at) {
    const found = await dueReminders(forkOf(office.orm), dayOf(at));
    await inTurn(office, { job: JOB, at, found, atOnce: AT_ONCE }, async (writer, some) => {
      const { em, now, today: remindedOn } = writer;
      const studentNos = some.map(({ studentNo }) => studentNo);
      await lockStudents(em, studentNos);
      const due = await dueReminders(em, remindedOn, studentNos);
      const rows = due.map((one) => ({ ...one, remindedOn }));
      const reminders = await makeByJob(writer, 'signing.remind', signingReminder, rows);
      if (reminders.length) await sendNotices(em, now, reminders.map(noticeOfReminder));
    });
  },
};
