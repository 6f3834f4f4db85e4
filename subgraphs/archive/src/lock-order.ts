/**
 * The order in which one transaction of the archive locks rows: students, then consents. Whoever
 * writes about a student locks him first, so what hangs on him needs no lock of its own.
 */
import { lockRows, type RowLock } from '@chengxin/kit/database/lock-rows';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const STUDENT: RowLock = { table: 'student', key: 'student_no' };
const CONSENT: RowLock = { table: 'consent', key: 'consent_id' };

export const lockStudents = (em: EntityManager, studentNos: readonly string[]) =>
  lockRows(em, STUDENT, studentNos);

/** What every change of a row of a student locks first. */
export const lockStudent = (em: EntityManager, studentNo: string) => lockStudents(em, [studentNo]);

const NAMED = `
  with named as (
    select value->>'studentNo' as student_no, value->>'consentId' as consent_id
    from import_row where batch_id = ?::uuid
  )
  select array(select student_no from named where student_no is not null
      union select c.student_no from consent c join named using (consent_id)) as "studentNos",
    array(select consent_id from named where consent_id is not null) as "consentIds"`;

interface Named {
  readonly studentNos: readonly string[];
  readonly consentIds: readonly string[];
}

/** Lock what the rows of a batch name, before they are checked. */
export async function lockNamed(em: EntityManager, batchId: string): Promise<void> {
  const [named] = await execute<Named>(em, NAMED, [batchId]);
  await lockStudents(em, named?.studentNos ?? []);
  await lockRows(em, CONSENT, named?.consentIds ?? []);
}
