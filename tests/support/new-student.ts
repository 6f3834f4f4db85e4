/** Students who are put into the archive one by one, each a copy of one of DOMAIN §5 under a number of his own. */
import { digestIdNumber, openIdNumber, sealIdNumber } from '@chengxin/archive/student/id-number';
import { idNumberOf } from '@chengxin/college/demo/people';
import { readKeyring } from '@chengxin/kit/call/keyring';
import type { TestCollege } from './college.js';
import { asOwner } from './sql.js';

const MODEL = '2024010317';
const FIRST = 2024019000;
let made = 0;

/** A number that is nobody's. */
export const freeNumber = (): string => String(FIRST + made++);

const COPY = `
  insert into student
  select (jsonb_populate_record(null::student, to_jsonb(s) || $2::jsonb)).* from student s
  where s.student_no = $1`;

/** A new student; the offices do not know him. */
export async function newStudent(college: TestCollege): Promise<string> {
  const { dataKey } = await readKeyring(college.keys, 'archive');
  const studentNo = freeNumber();
  const idNumber = idNumberOf('2006-03-08', made);
  const own = {
    student_no: studentNo,
    id_number: sealIdNumber(dataKey, studentNo, idNumber),
    id_number_digest: digestIdNumber(dataKey, idNumber),
  };
  await asOwner(college, 'archive', COPY, [MODEL, JSON.stringify(own)]);
  return studentNo;
}

const SEALED = `select id_number as sealed from student where student_no = $1`;

/** The same person once more, under another number; the offices do not know him by it. */
export async function duplicateOf(college: TestCollege, studentNo: string): Promise<string> {
  const { dataKey } = await readKeyring(college.keys, 'archive');
  const [row] = await asOwner<{ sealed: string }>(college, 'archive', SEALED, [studentNo]);
  const duplicateNo = freeNumber();
  const idNumber = openIdNumber(dataKey, studentNo, row?.sealed ?? '');
  const own = {
    student_no: duplicateNo,
    id_number: sealIdNumber(dataKey, duplicateNo, idNumber),
  };
  await asOwner(college, 'archive', COPY, [studentNo, JSON.stringify(own)]);
  return duplicateNo;
}
