/** P-09: all commitments of a semester were fulfilled (承诺履行). Source: DOMAIN 2.3, Z5.2.3. */
import { makeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import type { Writer } from '@chengxin/kit/change/writer';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { randomUUID } from 'node:crypto';
import { lockStudents } from '../lock-order.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import { daysOf, semesterBefore } from '../org/semester.js';
import { followRecords } from './follow.js';
import { goodRecord } from './good-record.noun.js';

const NAME = 'creditCommitments';
const CODE = 'P-09';
/** Students of one transaction. */
const AT_ONCE = 200;

/**
 * Who has promised something that was due in a semester, and kept all of it. The letter of entry is in
 * force until the archive closes: it is due in none. An offer that was not signed promises nothing; a
 * report that was unfounded breaks nothing.
 */
const EARNED = `
  select c.student_no as "studentNo",
    jsonb_agg(jsonb_build_object('id', c.id, 'docNo', c.id) order by c.id) as evidence
  from commitment c
  where c.student_no is not null and c.matter <> 'ENTRY' and c.due_on between ?::date and ?::date
    and c.state not in ('OFFERED', 'DECLINED', 'EXPIRED')
    and (?::text[] is null or c.student_no = any(?::text[]))
    and exists (select from archive a where a.student_no = c.student_no and a.state = 'ACTIVE')
    and not exists (select from good_record g where g.student_no = c.student_no
      and g.indicator_code = '${CODE}' and g.occurred_on = ?::date)
  group by c.student_no having bool_and(c.state in ('FULFILLED', 'CLEARED'))
  order by c.student_no`;

interface Earned {
  readonly studentNo: string;
  readonly evidence: object;
}

const earnedIn = (em: EntityManager, today: string, among: readonly string[] | null) => {
  const { first, last } = daysOf(semesterBefore(today));
  return execute<Earned>(em, EARNED, [first, last, among, among, last]);
};

async function credit(writer: Writer, found: readonly Earned[]): Promise<void> {
  const { em, now, today } = writer;
  const studentNos = found.map(({ studentNo }) => studentNo);
  await lockStudents(em, studentNos);
  const earned = await earnedIn(em, today, studentNos);
  const rows = earned.map(({ studentNo, evidence }) => ({
    studentNo,
    indicatorCode: CODE,
    originGroup: 'GOOD_CONDUCT',
    sourceOffice: STUDENT_AFFAIRS,
    sourceSubgraph: 'archive',
    sourceTypename: 'GoodRecord',
    sourceId: randomUUID(),
    sourceVersion: 1,
    occurredOn: daysOf(semesterBefore(today)).last,
    evidence,
  }));
  await makeByJob(writer, 'goodRecord.earn', goodRecord, rows as never);
  await followRecords(em, now, studentNos);
}

/** Of the semester that is over: a report that is decided later may still make it complete. */
export const creditCommitments: Job = {
  name: NAME,
  cron: '2 0 * * *',
  async run(office, at) {
    const found = await earnedIn(forkOf(office.orm), dayOf(at), null);
    await inTurn(office, { job: NAME, at, found, atOnce: AT_ONCE }, credit);
  },
};
