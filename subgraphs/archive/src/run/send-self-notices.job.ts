/** Each student of a run is notified, and has five working days before it is approved (2.4, L-08). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { jobWriter, type Writer } from '@chengxin/kit/change/writer';
import { addDays } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import { keepStanding } from '@chengxin/kit/feed/notice';
import type { Job } from '@chengxin/kit/server/jobs';
import { dueAfterWorkingDays } from '../calendar/working-days.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import { sendNotices } from '../notify/send-notices.js';
import { evaluationRun } from './evaluation-run.noun.js';

const NAME = 'sendSelfNotices';
const KIND = 'SELF_NOTICE';
/** Notices of one transaction. */
const AT_ONCE = 1000;
/** Proposed by DOMAIN 2.4: a student may appeal against what he reads before it is approved. */
const WORKING_DAYS = 5;

const CONFIRMED = `
  select run_id as "runId" from evaluation_run where state = 'COLLEGE_CONFIRMED' order by run_id`;

/**
 * What a notice names is the run of this student, and no snapshot: it stays when a line of the
 * snapshot closes, as that of every other student does (3.7(15)).
 */
const NUMBER = `s.run_id || ' ' || s.snapshot_id`;
const NOTICES = `
  from credit_snapshot s left join notice n on n.subject_subgraph = 'archive'
    and n.subject_typename = 'EvaluationRun' and n.subject_id = ${NUMBER} and n.kind = '${KIND}'
  where s.run_id = ? and s.supersedes is null`;

const UNSENT = `
  select s.student_no as "studentNo", ${NUMBER} as id ${NOTICES} and n.id is null
  order by s.student_no`;
const UNDELIVERED = `select ${NOTICES} and n.delivered_at is null limit 1`;

interface Unsent {
  readonly studentNo: string;
  readonly id: string;
}

const send = ({ em, now }: Writer, unsent: readonly Unsent[]): Promise<unknown> =>
  sendNotices(
    em,
    now,
    unsent.map(({ studentNo, id }) => ({
      studentNo,
      id,
      kind: KIND,
      subgraph: 'archive',
      type: evaluationRun.name,
      office: STUDENT_AFFAIRS,
      groups: ['CREDIT_GRADE'],
    })),
  );

/** Once the last student has it, the days run. */
async function letDaysRun(writer: Writer, runId: string): Promise<void> {
  const { em, now, today } = writer;
  if ((await execute(em, UNDELIVERED, [runId])).length) return;
  await changeByJob(
    writer,
    'run.notify',
    evaluationRun,
    runId,
    () => ({}),
    async () => {
      const waitsUntil = addDays(await dueAfterWorkingDays(em, today, WORKING_DAYS), 1);
      const standing = { type: evaluationRun.name, id: runId, kind: KIND, statementAt: null };
      const payload = { ...standing, deliveredAt: now, waitsUntil };
      await keepStanding(em, [{ version: 1, payload }]);
    },
  );
}

export const sendSelfNotices: Job = {
  name: NAME,
  cron: '*/5 * * * *',
  async run(office, at) {
    const { orm, config } = office;
    for (const { runId } of await execute<{ runId: string }>(forkOf(orm), CONFIRMED)) {
      const found = await execute<Unsent>(forkOf(orm), UNSENT, [runId]);
      await inTurn(office, { job: NAME, at, found, atOnce: AT_ONCE }, send);
      await withRetries(() =>
        forkOf(orm).transactional((inner) => {
          const em = inner as EntityManager;
          return letDaysRun(jobWriter(NAME, { em, keyring: config.keyring, at }), runId);
        }),
      );
    }
  },
};
