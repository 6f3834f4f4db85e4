/** Records that Student Affairs accepted; until its mutations are there, by the owner's hand. */
import { followRecords } from '@chengxin/archive/conduct/follow';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

interface Accepted {
  readonly studentNo: string;
  readonly indicatorCode: string;
  readonly originGroup: string;
  readonly severity: string;
  /** Day of the act and of the finding. */
  readonly on: string;
  readonly billNo?: string;
}

/** Put an active record down as the archive's owner. Nothing follows from it yet. */
export async function put(college: TestCollege, record: Accepted): Promise<void> {
  const { studentNo, indicatorCode, originGroup, severity, on, billNo = null } = record;
  await asOwner(
    college,
    'archive',
    `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
       occurred_on, found_on, finding_on, finding_body, finding_doc_no, state, notice_delivered_at,
       evidence, bill_no, source_subgraph, source_typename, source_id, source_version, recorded_at)
     values ($1, $2, $3, 'SAO', $4, $5::date, $5::date, $5::date, 'SAO', 'D-1', 'ACTIVE', now(),
       '[{"id":"1","docNo":"D-1"}]', $6, 'archive', 'ConductRecord', gen_random_uuid()::text, 1, now())`,
    [studentNo, indicatorCode, originGroup, severity, on, billNo],
  );
}

/** What follows from the records of students, as after each change of them: in one transaction. */
export async function follow(college: TestCollege, ...studentNos: string[]): Promise<void> {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('There is no archive.');
  await forkOf(archive.orm).transactional((em) =>
    followRecords(em as EntityManager, college.clock.now(), studentNos),
  );
}

/** Put an active record down, and let everything follow from it. */
export async function accept(college: TestCollege, record: Accepted): Promise<void> {
  await put(college, record);
  await follow(college, record.studentNo);
  await college.settle();
}

/** Malicious arrears on a bill, found by Student Affairs (SC-08 case b). */
export const maliciousArrears = (studentNo: string, billNo: string): Accepted => ({
  studentNo,
  billNo,
  indicatorCode: 'D2-01',
  originGroup: 'TUITION',
  severity: 'S2',
  on: '2025-12-20',
});

/** Score, grade and points of the lines, as a student reads his own. */
export async function creditOf(college: TestCollege, studentNo: string): Promise<unknown> {
  const answer = await college.request(
    studentNo,
    `{ student(studentNo: "${studentNo}") { credit { score grade ledger { points } } } }`,
  );
  return (answer.data?.['student'] as { credit: unknown } | null)?.credit;
}
