/** An appeal that is decided for the student corrects the item of his profile (G14.2, SC-01). */
import type { Keyring } from '@chengxin/kit/call/keyring';
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { execute } from '@chengxin/kit/database/orm';
import { day } from '@chengxin/kit/import/dates';
import { birthDateIn, idNumber } from '@chengxin/kit/import/identifiers';
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

/** For the transaction: when what changes of a student was corrected. */
const CORRECTED_AT = `select set_config('chengxin.corrected_at', ?::timestamptz::text, true)`;

/** An ID number holds the birth date: the two stand and fall together. */
const ID_NUMBER = 'idNumber';
const BIRTH_DATE = 'birthDate';

type Record = Readonly<{ [field: string]: unknown }>;

/** A student as a row of his file says him. */
const recordOf = (row: Student, dataKey: Buffer): Record => ({
  ...row,
  idNumber: openIdNumber(dataKey, row.studentNo, row.sealedIdNumber),
});

/** The number is stored as ciphertext and digest, as the file writes it, beside its birth date. */
const columnsOf = (item: string, staged: Record): Changes<Student> =>
  item === ID_NUMBER
    ? {
        sealedIdNumber: staged[ID_NUMBER] as string,
        idNumberDigest: staged['idNumberDigest'] as string,
        birthDate: staged[BIRTH_DATE] as string,
      }
    : { [item]: staged[item] };

/** The birth date in an ID number; nothing for what is none, which its column refuses. */
function birthDateOf(cell: string): string | undefined {
  const read = idNumber(cell);
  return 'value' in read ? birthDateIn(read.value) : undefined;
}

/**
 * A birth date is corrected by the ID number that holds it.
 *
 * @throws VALIDATION for a day that is not the one in the ID number.
 */
function checkBirthDate(record: Record, cell: string): void {
  const read = day(cell);
  if ('value' in read && read.value !== birthDateIn(record[ID_NUMBER] as string))
    throw invalid(
      CORRECTED,
      '与证件号码中的出生日期不一致：请更正 idNumber（证件号码），出生日期随之更正。 It is not the birth date in the ID number: correct idNumber, which corrects both.',
    );
}

/** What an appeal keeps of a record: its item, and the birth date where that changes too. */
const imageOf = (item: string, record: Record, other: Record): Record => ({
  [item]: record[item] ?? null,
  ...(record[BIRTH_DATE] !== other[BIRTH_DATE] && { [BIRTH_DATE]: record[BIRTH_DATE] ?? null }),
});

/**
 * Correct the item by the rules of its column in the student file, with all that follows from a file:
 * its line in the log, the roster of the offices, the credit. With an ID number its birth date is
 * corrected. The student is locked.
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
  const { old, corrected, staged } = await act.follow(async (em) => {
    const row = await em.findOneOrFail(Student, { studentNo }, { disableIdentityMap: true });
    const record = recordOf(row, dataKey);
    if (item === BIRTH_DATE) checkBirthDate(record, cell);
    const birthDate = item === ID_NUMBER ? birthDateOf(cell) : undefined;
    const whole = birthDate === undefined ? record : { ...record, birthDate };
    const correction = { record: whole, field: item, cell, argument: CORRECTED };
    const { value, staged } = await correctedRow(studentImport, {
      ...correction,
      em,
      orgs: by.orgs,
      at: now,
      dataKey,
    });
    return { old: record, corrected: { ...whole, [item]: value } as Record, staged };
  });
  // Who does not read it whole does not learn that he has found it.
  if (corrected[item] === (old[item] ?? null) && readsItem(by, appeal))
    throw invalid(CORRECTED, '与现有内容相同，无可更正。 It is what stands there already.');
  // A name that changes is kept with the day of its correction (F-07).
  await act.follow((em) => execute(em, CORRECTED_AT, [now]));
  await act.also(student, studentNo, () => columnsOf(item, staged), 'student.correct');
  await act.follow(async (em) => {
    await execute(em, ROSTER_EVENT_OF_ONE, [studentNo, now]);
    await followRoll(em, now, [studentNo]);
  });
  return {
    before: sealImage(dataKey, id, imageOf(item, old, corrected)),
    after: sealImage(dataKey, id, imageOf(item, corrected, old)),
  };
}
