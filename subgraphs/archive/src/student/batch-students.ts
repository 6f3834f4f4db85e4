/** What follows for students when a batch about them comes into force. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { ImportJob } from '@chengxin/kit/import/job';

/** What is done for some students, in the transaction of what changed for them. */
type Follow = (em: EntityManager, now: Date, studentNos: readonly string[]) => Promise<void>;

const STUDENTS = `
  select distinct value->>'studentNo' as "studentNo" from import_row where batch_id = ?::uuid`;

/** An import after which something is done for its students, in the same transaction. */
export const followedBy =
  (follow: Follow) =>
  (put: ImportJob['apply']): ImportJob['apply'] =>
  async (em, approval) => {
    // Putting rows in force may take some of them out of the stage.
    const rows = await execute<{ studentNo: string }>(em, STUDENTS, [approval.batchId]);
    const changed = await put(em, approval);
    await follow(
      em,
      approval.approvedAt,
      rows.map(({ studentNo }) => studentNo),
    );
    return changed;
  };
