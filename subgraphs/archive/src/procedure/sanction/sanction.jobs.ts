/** What becomes of served sanctions with time (2.4, L-03, L-06). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import type { After } from '@chengxin/kit/change/door';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { dayOf } from '@chengxin/kit/clock';
import { dayIn } from '@chengxin/kit/database/day';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { restsOnOver, restsOnSealed } from '../../row-groups/procedure.groups.js';
import { SanctionState } from '../sanction-state.js';
import type { Sanction } from '../sanction.entity.js';
import { notifyOfSanction } from './notify-sanction.js';
import { liftedSanction, stateOfSanction } from './sanction-change.rules.js';
import { sanction } from './sanction.noun.js';

/**
 * No appeal within its time; or one that has left the sanction as it was: by the committee, and not
 * taken to the province in time, or by the province. A change that was recommended, or an execution
 * that was suspended, keeps it from effect until the school or the province decides.
 */
const FINAL = `
  select s.id from sanction s cross join (select ?::date as today) t
  where (s.state = 'SERVED' and s.appeal_deadline < t.today)
    or (s.state = 'APPEALED' and exists (select from appeal p where p.sanction_id = s.id
      and ((p.state = 'UPHELD' and p.provincial_deadline < t.today)
        or (p.state = 'CLOSED' and p.provincial_outcome = 'REJECT'))))
  order by s.student_no, s.id`;

/** An expulsion has no term: it stays in force (INV-15). */
const WITH_TERM = `
  select id from sanction
  where state = 'EFFECTIVE' and type <> 'EXPULSION' and served_on <= ?::date order by student_no, id`;

/** A daily change of sanctions that a statement finds for a day. */
const daily = (name: string, cron: string, action: string, find: string): Job => ({
  name,
  cron,
  async run(office, at) {
    const found = await execute<{ id: string }>(forkOf(office.orm), find, [dayOf(at)]);
    await inTurn(office, { job: name, at, found }, async (writer, rows) => {
      for (const { id } of rows) await changeByJob(writer, action, sanction, id, stateOfSanction);
    });
  },
});

/** In force once nothing can be brought against it any more. */
export const advanceSanctions = daily(
  'advanceSanctions',
  '30 0 * * *',
  'sanction.takeEffect',
  FINAL,
);

/** What is in force and has a term runs it. */
export const startSanctionTerms = daily(
  'startSanctionTerms',
  '40 0 * * *',
  'sanction.startTerm',
  WITH_TERM,
);

const SEALED = `select ${restsOnSealed('s.id')} as "isSealed" from sanction s where s.id = ?::uuid`;

/** The student is notified, but for what is sealed, of which no notice speaks (3.7(15), T-03). */
const notifyUnlessSealed =
  (kind: Parameters<typeof notifyOfSanction>[0]): After<Sanction> =>
  async (row, act) => {
    const [found] = await act.follow((em) => execute<{ isSealed: boolean }>(em, SEALED, [row.id]));
    if (!found?.isSealed) await notifyOfSanction(kind)(row, act);
  };

/**
 * What was not decided yet, and rests on nothing that counts: with the last of its records it is shut to
 * everybody who would decide it. A draft ends as it was, without a word; of what its student was notified
 * of he learns that it is dismissed.
 */
export const lapseSanctions = endingJob({
  name: 'lapseSanctions',
  action: 'sanction.lapse',
  noun: sanction,
  due: `
    select s.id from sanction s
    where s.state in ('DRAFT', 'NOTICE_GIVEN', 'HEARD') and s.recorded_at <= ?::timestamptz
      and ${restsOnOver('s.id')}
    order by s.student_no, s.id`,
  step: async (row, act) => {
    if (row.state === SanctionState.DRAFT) return { state: SanctionState.WITHDRAWN };
    await notifyUnlessSealed('SANCTION_DISMISSED')(row, act);
    return { state: SanctionState.ANNULLED };
  },
});

/**
 * A term that is over, where the school sees nothing to lift: records expire by law while the term runs,
 * and the sanction has closed with the last of them (L-03, 3.7(15)). The student need not wait.
 */
export const liftEndedTerms = endingJob({
  name: 'liftEndedTerms',
  action: 'sanction.endTerm',
  noun: sanction,
  due: `
    select s.id from sanction s
    where s.state = 'TERM_RUNNING' and s.term_ends_on <= ${dayIn('?::timestamptz')}
      and ${restsOnOver('s.id')}
    order by s.student_no, s.id`,
  step: liftedSanction,
  after: notifyUnlessSealed('SANCTION_LIFTED'),
});
