/** Offers to numbers of whom the office may not know whether they are anybody's (Z5.2.2). */
import { actOf } from '@chengxin/kit/change/act';
import { tableRow } from '@chengxin/kit/change/authorization';
import { inTurn } from '@chengxin/kit/change/in-turn';
import type { Writer } from '@chengxin/kit/change/writer';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { lockStudents } from '../lock-order.js';
import { destroyKeysOf } from '../notify/forget-notices.js';
import { erased } from '../student/erased.js';
import type { CommitmentOffer } from './commitment-offer.entity.js';
import { commitment } from '../life-cycle/commitment/commitment.noun.js';
import { notifyOfOffer } from './notify-commitment.js';
import { addresseesAmong } from './offer.loader.js';
import { obstacleTo, offered } from './offer.rules.js';

const JOB = 'deliverOffers';
const ACTION = 'commitment.deliver';

const WAITING = `select id from commitment_offer order by recorded_at, id`;
/** By the numbers that hold: one of them may have changed since (F-07). */
const TAKE = `
  delete from commitment_offer where id = ?::uuid
  returning matter, template_version as "templateVersion", owner_office as "ownerOffice",
    business_ref as "businessRef", sign_by::text as "signBy", due_on::text as "dueOn",
    array(
      select distinct coalesce(f.student_no, n.number)
      from unnest(student_nos) as n (number) left join former_number f on f.old_no = n.number
    ) as "studentNos"`;
const NOT_ERASED = `
  select s.student_no as "studentNo" from student s
  where s.student_no = any(?::text[]) and not ${erased('s.student_no')} order by 1`;

/**
 * Offer to those of the numbers who exist. What stands in the way of one is disclosed to nobody, and the
 * numbers are kept nowhere: those that are nobody's would stay for ever.
 */
async function deliver(writer: Writer, id: string): Promise<void> {
  const { em } = writer;
  const [taken] = await execute<CommitmentOffer>(em, TAKE, [id]);
  if (!taken || taken.signBy < writer.today) return;
  const { ownerOffice, businessRef, dueOn, ...promise } = taken;
  const offer = { ...promise, businessRef: businessRef ?? undefined, dueOn: dueOn ?? undefined };
  await lockStudents(em, taken.studentNos);
  const there = await execute<{ studentNo: string }>(em, NOT_ERASED, [taken.studentNos]);
  const numbers = there.map(({ studentNo }) => studentNo);
  const addressees = await addresseesAmong(em, offer, ownerOffice, numbers);
  const free = numbers.filter((studentNo) => {
    const addressee = addressees.get(studentNo);
    return addressee && !obstacleTo(addressee);
  });
  const act = actOf(writer, tableRow(ACTION), { type: 'CommitmentOffer', id });
  const made = await act.alsoMake(commitment, free.map(offered(offer, ownerOffice)), ACTION);
  await notifyOfOffer(made, act);
}

/** Goes on with what `offerCommitment` wrote down. */
export const deliverOffers: Job = {
  name: JOB,
  cron: '* * * * *',
  async run(office, at) {
    const found = await execute<{ id: string }>(forkOf(office.orm), WAITING);
    await inTurn(office, { job: JOB, at, found, atOnce: 1 }, async (writer, rows) => {
      for (const { id } of rows) await deliver(writer, id);
      await destroyKeysOf(
        writer.em,
        rows.map(({ id }) => id),
      );
    });
  },
};
