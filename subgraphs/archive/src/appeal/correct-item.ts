/** An appeal that is decided for the student corrects the item of his profile (G14.2, SC-01). */
import type { Keyring } from '@chengxin/kit/call/keyring';
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { execute } from '@chengxin/kit/database/orm';
import { correctedRow } from '@chengxin/kit/import/corrected';
import { followRoll } from '../conduct/follow-roll.js';
import { openIdNumber } from '../student/id-number.js';
import { ROSTER_EVENT_OF_ONE } from '../student/roster.publish.js';
import { Student } from '../student/student.entity.js';
import { studentImport } from '../student/student.import.js';
import { student } from '../student/student.noun.js';
import { sealImage } from './appeal-image.js';
import type { Appeal } from './appeal.entity.js';
import { readsItem } from './appeal.rules.js';

/** Argument of the decision that has the value. */
const CORRECTED = 'corrected';

type Record = Readonly<{ [field: string]: unknown }>;

/** A student as a row of his file says him. */
const recordOf = (row: Student, dataKey: Buffer): Record => ({
  ...row,
  idNumber: openIdNumber(dataKey, row.studentNo, row.sealedIdNumber),
});

/** The number is stored as ciphertext and digest, as the file writes it. */
const columnsOf = (item: string, staged: Record): Changes<Student> =>
  item === 'idNumber'
    ? {
        sealedIdNumber: staged['idNumber'] as string,
        idNumberDigest: staged['idNumberDigest'] as string,
      }
    : { [item]: staged[item] };

/**
 * Correct the item by the rules of its column in the student file, with all that follows from a file:
 * its line in the log, the roster of the offices, the credit. The student is locked.
 *
 * @param cell  The value as a cell has it, by code or label.
 * @returns     What stood and stands there, as the appeal keeps it.
 * @throws VALIDATION naming `corrected`, for what a file would be refused for, or what stands there.
 */
export async function correctItem(
  appeal: Appeal,
  cell: string,
  { by, now, ...act }: Act,
  { dataKey }: Keyring,
): Promise<Pick<Changes<Appeal>, 'before' | 'after'>> {
  const { id, studentNo, targetId: item } = appeal;
  const { old, value, staged } = await act.follow(async (em) => {
    const row = await em.findOneOrFail(Student, { studentNo }, { disableIdentityMap: true });
    const record = recordOf(row, dataKey);
    const asked = { record, field: item, cell, argument: CORRECTED };
    const read = await correctedRow(studentImport, {
      ...asked,
      em,
      orgs: by.orgs,
      at: now,
      dataKey,
    });
    return { old: record[item] ?? null, ...read };
  });
  // Who does not read it whole is not told that he has found it.
  if (value === old && readsItem(by, appeal))
    throw invalid(CORRECTED, '与现有内容相同，无可更正。 It is what stands there already.');
  await act.also(student, studentNo, () => columnsOf(item, staged), 'student.correct');
  await act.follow(async (em) => {
    await execute(em, ROSTER_EVENT_OF_ONE, [studentNo, now]);
    await followRoll(em, now, [studentNo]);
  });
  return {
    before: sealImage(dataKey, id, { [item]: old }),
    after: sealImage(dataKey, id, { [item]: value }),
  };
}
