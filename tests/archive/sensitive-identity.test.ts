/** Who reads how much of the sensitive identity of a student (FG02, notes 1, 2, 3, 5, 8, 24). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { StudentRows } from './procedure-rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  const rows = new StudentRows(() => college, STUDENT);
  await rows.record('R', 'D3-03', 'BAD_CONDUCT', 'SAO', 'ACTIVE');
  await rows.submission('B', 1, 'R', 'APPROVED');
});
afterAll(() => college.stop());

const FIELDS = `sex idType idNumber idNumberMasked birthDate birthDateMasked ethnicCode
  politicalStatus nativePlace address phone phoneMasked email emergencyContact`.split(/\s+/);
const QUERY = `{ student(studentNo: "${STUDENT}") { ${FIELDS.join(' ')} } }`;

const NUMBER = '9****************1';
const WHOLE = {
  sex: '2',
  idType: '1',
  idNumberMasked: NUMBER,
  birthDate: '2006-05-14',
  birthDateMasked: '2006',
  ethnicCode: '01',
  politicalStatus: '03',
  nativePlace: '9900',
  address: '示范市诚信路1号',
  phone: '19900001001',
  phoneMasked: '*******1001',
  email: '2024010317@example.invalid',
  emergencyContact: '家长 19900011001',
};
const NOTHING = Object.fromEntries(FIELDS.map((field) => [field, null]));

test.each([
  ['no note', 'STU_SELF', { ...WHOLE, idNumber: '990000200605141021' }],
  ['note 1', 'COUNSELLOR', { phoneMasked: '*******1001' }],
  ['note 1', 'COLLEGE_ADMIN', { phoneMasked: '*******1001' }],
  ['note 2', 'SCHOOL_ADMIN', WHOLE],
  ['note 3', 'AAO_REVIEWER', { idNumberMasked: NUMBER }],
  ['note 3', 'FIN_REVIEWER', { idNumberMasked: NUMBER }],
  ['note 3', 'SEC_CLERK', { idNumberMasked: NUMBER }],
  ['note 3', 'SEC_REVIEWER', { idNumberMasked: NUMBER }],
  ['note 5', 'EV_PARTY', { sex: '2', politicalStatus: '03', birthDateMasked: '2006' }],
  ['note 8', 'PROV_CONN', { idType: '1', idNumber: '990000200605141021', idNumberMasked: NUMBER }],
  ['note 24', 'AUDITOR', { idNumberMasked: NUMBER, birthDateMasked: '2006' }],
  ['a cell that is shut', 'AAO_CLERK', {}],
  ['a cell that is shut', 'EV_AWARD', {}],
] as const)(
  'by %s %s reads %o and nothing else (notes 1, 2, 3, 5, 8, 24)',
  async (_, role, shown) => {
    const { data } = await requestAs(college, role, QUERY);
    expect(data).toEqual({ student: { ...NOTHING, ...shown } });
  },
);
