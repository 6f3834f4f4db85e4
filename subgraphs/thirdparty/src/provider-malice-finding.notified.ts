/** A finding goes on once its student was notified, and learns what he states (F-01, L-04). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { execute } from '@chengxin/kit/database/orm';
import type { Notified, NoticeStanding } from '@chengxin/kit/feed/notice';
import { providerMaliceFinding } from './provider-malice-finding.noun.js';

/** The text, which the archive publishes to this office alone: a provider reads no notice. */
interface Standing extends NoticeStanding {
  readonly statement?: string | null;
}

/** It may be gone with its consent. */
const THERE = `select 1 from provider_malice_finding where id = ?::uuid`;

const STATE = `
  update provider_malice_finding set student_statement = ?
  where id = ?::uuid and student_statement is null and state = 'NOTIFIED'`;

export const maliceNotified: Notified = {
  type: providerMaliceFinding.name,
  async onDelivered(writer, of: Standing) {
    if (!(await execute(writer.em, THERE, [of.id])).length) return;
    await changeByJob(writer, 'providerMalice.notify', providerMaliceFinding, of.id, () => ({
      notifiedAt: new Date(of.deliveredAt),
    }));
    if (of.statement) await execute(writer.em, STATE, [of.statement, of.id]);
  },
};
