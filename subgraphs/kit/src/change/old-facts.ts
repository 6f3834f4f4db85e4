/** Facts of an office about bad conduct go five years after their act has ended (L-04, INV-11). */
import { addMonths, dayOf } from '../clock.js';
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { removeNoticesOfGone } from '../feed/notice.js';
import type { Job } from '../server/jobs.js';
import { inTurn } from './in-turn.js';
import { appendLine } from './operation-log.js';

const KEPT_MONTHS = 60;

/** Name and time of the job, in every office that has it. */
export const ERASE_OLD = { name: 'eraseOldRecords', cron: '15 2 * * *', erases: true } as const;

/** The last day on which an act may have ended whose record goes today. */
export const endedBefore = (today: string): string => addMonths(today, -KEPT_MONTHS);

export interface OldFacts {
  /** Type of the rows in the log: `ExamViolation`, which stand in `exam_violation`. */
  readonly type: string;
  readonly table: string;
  /** As the action table names it. */
  readonly action: string;
  /** Column of the day of the act. */
  readonly endedOn: string;
  /** SQL: whether nobody has anything to decide on a row any more; what is open is settled first. */
  readonly settled: string;
}

interface Old {
  readonly id: string;
  readonly studentNo: string;
}

const DESTROY = 'select destroy_keys_of_erased(?, ?::uuid[])';

/**
 * The daily job of an office that holds such facts. The archive erases its record by the same rule.
 *
 * @param after  What else goes with the rows, in the same transaction.
 */
export const eraseOldFacts = (
  kinds: readonly OldFacts[],
  after: (em: EntityManager) => Promise<unknown> = () => Promise.resolve(),
): Job => ({
  ...ERASE_OLD,
  async run(office, at) {
    const ended = endedBefore(dayOf(at));
    for (const { type, table, action, endedOn, settled } of kinds) {
      const find = `select id, student_no as "studentNo" from ${table}
        where ${endedOn} <= ?::date and ${settled} order by student_no, id`;
      const found = await execute<Old>(forkOf(office.orm), find, [ended]);
      await inTurn(office, { job: ERASE_OLD.name, at, found }, async (writer, rows) => {
        const { em } = writer;
        const ids = rows.map(({ id }) => id);
        // The line first: the key that it makes is destroyed with the others.
        for (const { id, studentNo } of rows)
          await appendLine(writer, { action, target: { type, id }, studentNo });
        await execute(em, `delete from ${table} where id = any(?::uuid[])`, [ids]);
        await removeNoticesOfGone(em, at, { type, table });
        await execute(em, DESTROY, [type, ids]);
        await after(em);
      });
    }
  },
});
