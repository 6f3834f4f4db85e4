/** An official run from its plan to its lock, as the people and jobs of a college take it there (2.4). */
import { addDays, dayOf } from '@chengxin/kit/clock';
import { useArchive } from './archive-in-use.js';
import type { TestCollege } from './college.js';
import { deliverNotices, runJob } from './jobs.js';
import { mutate, on, type ChangedRow } from './mutate.js';
import { asOwner } from './sql.js';

const [PLANNER, APPROVER] = ['T0001', 'T0002'];
const COLLEGES: Readonly<Record<string, string>> = { C01: 'T0110', C02: 'T0210' };
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
/** Five working days, and the weekend that lies in them. */
const NOTICE_DAYS = 8;

interface Run extends ChangedRow {
  readonly parts: (ChangedRow & { readonly orgCode: string })[];
}

async function runOf(college: TestCollege, person: string, runId: string): Promise<Run> {
  const { data } = await college.request(
    person,
    '{ evaluationRuns { id: runId version state parts { id version orgCode } } }',
    { headers: REVIEW },
  );
  const runs = (data?.['evaluationRuns'] ?? []) as Run[];
  const run = runs.find(({ id }) => id === runId);
  if (!run) throw new Error(`There is no run ${runId}.`);
  return run;
}

/** Each step must be done. */
async function act(
  college: TestCollege,
  person: string,
  name: string,
  args: object,
  noun = 'EvaluationRun',
): Promise<void> {
  const fields = noun === 'EvaluationRun' ? 'id: runId' : 'id';
  const { came } = await mutate(college, person, { name, noun, args: { ...args }, fields }, REVIEW);
  if (came !== 'OK') throw new Error(`${name} of ${person}: ${came}.`);
}

/** Each C and D of a run that nobody has confirmed before is, by a person of its level (L-08). */
async function confirmGrades(
  college: TestCollege,
  runId: string,
  confirmerOf: (collegeCode: string) => string,
): Promise<void> {
  const waiting = await asOwner<{ no: string; id: string; code: string }>(
    college,
    'archive',
    `select student_no as no, c.snapshot_id as id, s.college as code from credit_snapshot c
     join student s using (student_no) where c.run_id = $1 and c.state = 'PENDING'`,
    [runId],
  );
  for (const { no, id, code } of waiting) {
    const args = { studentNo: no, snapshotId: id };
    await act(college, confirmerOf(code), 'confirmGrade', args, 'GradeConfirmation');
  }
}

/**
 * A run of a semester, of today, over some students whose archives are active. It is locked about a
 * week later.
 */
export async function lockedRun(
  college: TestCollege,
  period: string,
  studentNos: readonly string[],
): Promise<void> {
  for (const studentNo of studentNos) await useArchive(college, studentNo);
  // What the archive of somebody began with is not what these are about.
  await asOwner(
    college,
    'archive',
    `update archive set opened_on = '2025-09-01' where student_no = any($1)`,
    [studentNos],
  );
  const cutOffOn = dayOf(college.clock.now());
  await act(college, PLANNER, 'planRun', { period, cutOffOn });
  college.clock.set(`${addDays(cutOffOn, 1)}T00:05:00+08:00`);
  for (const job of ['startRun', 'computeRun']) await runJob(college, 'archive', job);
  await confirmGrades(college, period, (code) => COLLEGES[code] ?? '');
  for (const { orgCode, ...part } of (await runOf(college, PLANNER, period)).parts)
    await act(college, COLLEGES[orgCode] ?? '', 'confirmRun', on(part), 'EvaluationRunPart');
  await runJob(college, 'archive', 'sendSelfNotices');
  await deliverNotices(college);
  await runJob(college, 'archive', 'sendSelfNotices');
  college.clock.set(`${addDays(cutOffOn, NOTICE_DAYS)}T10:00:00+08:00`);
  await act(college, APPROVER, 'approveRun', on(await runOf(college, PLANNER, period)));
  await confirmGrades(college, period, () => APPROVER);
  await act(college, PLANNER, 'lockRun', on(await runOf(college, PLANNER, period)));
}
