import { columnsOf } from '@chengxin/kit/database/columns';
import { Student } from './student.entity.js';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { integer } from '@chengxin/kit/import/amounts';
import { day } from '@chengxin/kit/import/dates';
import { FORMER_NO } from '@chengxin/kit/import/current-number';
import { birthDateIn, idNumber, phone } from '@chengxin/kit/import/identifiers';
import { intoTable, type ImportJob, type StagedCheck } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import { refuse, type Problem } from '@chengxin/kit/import/reason';
import { orgsAbove } from '../org/orgs-above.js';
import { CODE_SETS } from '../rules/code-set.loader.js';
import { digestIdNumber, sealIdNumber } from './id-number.js';
import { ROSTER_EVENT } from './roster.publish.js';

interface StudentRow {
  readonly studentNo: string;
  readonly idNumber: string;
}

/** The number is ciphertext from the first moment that it stands in a table. */
function stage({ idNumber: plain, ...row }: StudentRow, dataKey: Buffer): object {
  return {
    ...row,
    idNumber: sealIdNumber(dataKey, row.studentNo, plain),
    idNumberDigest: digestIdNumber(dataKey, plain),
  };
}

const knownOrg = (column: string, kind: string): StagedCheck => ({
  column,
  reason: { zh: '没有此机构', en: 'there is no such org' },
  wrong: `not exists (select from org o where o.org_code = r.value->>'${column}' and o.kind = '${kind}')`,
});

/** Scope follows college and class: a class of another college would open the student to both (G17). */
const classOfCollege = (column: 'college' | 'classCode'): StagedCheck => ({
  column,
  reason: { zh: '该班级不属于该学院', en: 'the class is not one of the college' },
  wrong: `exists (select from org o where o.org_code = r.value->>'classCode' and o.kind = 'CLASS')
    and not exists (${orgsAbove('classCode')} where org_code = r.value->>'college')`,
});

/** A major that stands under no college is bound to none. */
const majorOfCollege = (column: 'college' | 'majorCode'): StagedCheck => ({
  column,
  reason: { zh: '该专业由其他学院开设', en: 'another college teaches the major' },
  wrong: `exists (select from org o where o.org_code = r.value->>'majorCode' and o.kind = 'MAJOR')
    and exists (${orgsAbove('majorCode')} where kind = 'COLLEGE')
    and not exists (${orgsAbove('majorCode')} where org_code = r.value->>'college')`,
});

/** Where the school has majors in its tree; a school that has none yet knows them by their codes. */
const knownMajor: StagedCheck = {
  column: 'majorCode',
  reason: { zh: '没有此专业', en: 'there is no such major' },
  wrong: `exists (select from org o where o.kind = 'MAJOR')
    and not exists (select from org o where o.org_code = r.value->>'majorCode' and o.kind = 'MAJOR')`,
};

/** A number that somebody had is given to nobody else: a file that names one finds him alone (F-07). */
const ofSamePerson: StagedCheck = {
  column: 'studentNo',
  reason: {
    zh: '该学号曾属另一名学生，不得再用',
    en: 'the number was that of another student and is not given again',
  },
  wrong: `r.value->>'${FORMER_NO}' is not null and exists (select from student s
    where s.student_no = r.value->>'studentNo'
      and s.id_number_digest <> r.value->>'idNumberDigest')`,
};

/** A row is sealed under its number. */
const numberHolds: StagedCheck = {
  column: 'studentNo',
  reason: {
    zh: '该生的学号在导入后已变更，请重新导入',
    en: 'the number of the student has changed since: bring the row in anew',
  },
  wrong: `exists (select from former_number f where f.old_no = r.value->>'studentNo')`,
};

/** What must hold of where a student belongs. */
export const PLACE_CHECKS: readonly StagedCheck[] = [
  knownOrg('college', 'COLLEGE'),
  knownOrg('classCode', 'CLASS'),
  classOfCollege('classCode'),
  classOfCollege('college'),
  knownMajor,
  majorOfCollege('majorCode'),
  majorOfCollege('college'),
];

/** A code of GB/T 3304. */
const ethnicGroup = code(
  new RegExp(
    (CODE_SETS.find(({ name }) => name === 'ethnicGroup')?.codes ?? [])
      .map((one) => one.code)
      .join('|'),
  ),
);

const COLUMNS = [
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  { field: 'name', headers: ['name', '姓名'], codec: text({ max: 60 }), required: true },
  {
    field: 'sex',
    headers: ['sex', '性别'],
    codec: choice({ '0': ['未知'], '1': ['男'], '2': ['女'], '9': ['未说明'] }),
    required: true,
  },
  { field: 'birthDate', headers: ['birth_date', '出生日期'], codec: day, required: true },
  {
    field: 'idType',
    headers: ['id_type', '证件类型'],
    codec: choice({ '1': ['居民身份证', '身份证'] }),
    required: true,
  },
  {
    field: 'idNumber',
    headers: ['id_number', '证件号码', '身份证号'],
    codec: idNumber,
    required: true,
  },
  { field: 'ethnicCode', headers: ['ethnic_code', '民族代码', '民族'], codec: ethnicGroup },
  {
    field: 'politicalStatus',
    headers: ['political_status', '政治面貌代码', '政治面貌'],
    codec: code(/^\d{2}$/),
  },
  { field: 'nativePlace', headers: ['native_place', '籍贯'], codec: code(/^\d{4}$/) },
  { field: 'address', headers: ['address', '家庭住址'], codec: text({ max: 200 }) },
  { field: 'phone', headers: ['phone', '手机号', '手机号码'], codec: phone },
  { field: 'email', headers: ['email', '电子邮箱', '邮箱'], codec: text({ max: 100 }) },
  {
    field: 'emergencyContact',
    headers: ['emergency_contact', '紧急联系人'],
    codec: text({ max: 100 }),
  },
  {
    field: 'college',
    headers: ['college', '学院代码', '学院'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  {
    field: 'classCode',
    headers: ['class_code', '班级代码', '班级'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  {
    field: 'majorCode',
    headers: ['major_code', '专业代码', '专业'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  {
    field: 'cohort',
    headers: ['cohort', '年级'],
    codec: integer({ min: 2000, max: 2100 }),
    required: true,
  },
  {
    field: 'scope',
    headers: ['scope', '培养类型'],
    codec: choice({ FULLTIME_JUNIOR: ['全日制专科'], FULLTIME_UNDERGRAD: ['全日制本科'] }),
    required: true,
  },
  { field: 'enrolledOn', headers: ['enrolled_on', '入学日期'], codec: day, required: true },
  {
    field: 'enrolmentStatus',
    headers: ['enrolment_status', '学籍状态'],
    codec: choice({
      ENROLLED: ['在读', '在籍'],
      SUSPENDED: ['休学'],
      WITHDRAWN: ['退学'],
      TRANSFERRED: ['转学'],
      GRADUATED: ['毕业'],
      COMPLETED: ['结业'],
      EXPELLED: ['开除'],
    }),
    required: true,
  },
  { field: 'graduationOn', headers: ['graduation_on', '毕业日期'], codec: day },
] as const;

/** Two papers of one person do not differ in his birth date. */
const sameBirthDate = ({ birthDate, idNumber: id }: RowOf<typeof COLUMNS>): Problem | undefined =>
  birthDateIn(id) === birthDate
    ? undefined
    : {
        column: 'birthDate',
        ...refuse('与证件号码中的出生日期不一致', 'is not the birth date in the ID number'),
      };

/** `students`: the roll, from enrolment on. Source: G10.3. */
export const studentImport: ImportJob = {
  kind: importKind({ name: 'students', columns: COLUMNS, check: sameBirthDate }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['studentNo'],
  checks: [...PLACE_CHECKS, ofSamePerson, numberHolds],
  stage,
  ...intoTable({
    ...columnsOf(
      Student,
      [
        'studentNo',
        'name',
        'sex',
        'birthDate',
        'idType',
        'ethnicCode',
        'politicalStatus',
        'nativePlace',
        'address',
        'phone',
        'email',
        'emergencyContact',
        'college',
        'classCode',
        'majorCode',
        'cohort',
        'scope',
        'enrolledOn',
        'enrolmentStatus',
        'graduationOn',
      ],
      { idNumber: 'text', idNumberDigest: 'text' },
    ),
    key: ['studentNo'],
    unlike: ['idNumber'],
    event: ROSTER_EVENT,
    readFrom: { idNumberDigest: 'idNumber' },
    reports: { studentNo: 'c.student_no' },
  }),
};
