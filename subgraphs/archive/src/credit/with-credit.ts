import { execute } from '@chengxin/kit/database/orm';
import type { ImportJob } from '@chengxin/kit/import/job';
import { computeSnapshots } from './snapshot.writer.js';

const STUDENTS = `
  select distinct value->>'studentNo' as "studentNo" from import_row where batch_id = ?::uuid`;

/** An import after which the credit of its students is computed, in the same transaction (4.8). */
export const withCredit =
  (put: ImportJob['apply']): ImportJob['apply'] =>
  async (em, approval) => {
    // Putting rows in force may take some of them out of the stage.
    const rows = await execute<{ studentNo: string }>(em, STUDENTS, [approval.batchId]);
    const changed = await put(em, approval);
    await computeSnapshots(
      em,
      approval.approvedAt,
      rows.map(({ studentNo }) => studentNo),
    );
    return changed;
  };
