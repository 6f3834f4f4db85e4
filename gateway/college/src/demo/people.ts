/** Invented orgs and people around those of DOMAIN §5. */
import { readCast, type Row } from './file.js';
import type { Plan } from './plan.js';
import { createRandom, type Random } from './random.js';

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞鹏辉红'] as [
  string,
  ...string[],
];
const COLLEGES: readonly (readonly [code: string, name: string])[] = [
  ['C03', '机电工程学院'],
  ['C04', '艺术设计学院'],
  ['C05', '现代服务学院'],
  ['C06', '健康护理学院'],
];
const MAJORS = ['01', '02'] as const;
const CLASS_SIZE = 40;
const CLASSES_PER_COUNSELLOR = 5;
/** Region of no place: numbers are of nobody. */
const REGION = '990000';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A GB 11643 number with its check character. */
export function idNumberOf(birthDate: string, serial: number): string {
  const body = `${REGION}${birthDate.replaceAll('-', '')}${String(serial % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** A class that is filled with students. */
export interface DemoClass {
  readonly code: string;
  readonly college: string;
  readonly cohort: number;
  readonly size: number;
}

/** Classes for as many students as wanted; those of the cast keep their places free. */
export function classesOf(plan: Plan): DemoClass[] {
  const colleges = ['C01', 'C02', ...COLLEGES.map(([code]) => code)];
  const classes: DemoClass[] = [];
  let left = plan.students;
  for (let serial = 1; left > 0; serial += 1)
    for (const cohort of plan.cohorts)
      for (const college of colleges) {
        const size = Math.min(CLASS_SIZE, left);
        if (size <= 0) break;
        classes.push({ code: `${cohort}${college.slice(1)}${pad(serial)}`, college, cohort, size });
        left -= size;
      }
  return classes;
}

export function orgRows(classes: readonly DemoClass[]): Row[] {
  const cast = readCast('orgs');
  const known = new Set(cast.map((row) => row['机构代码']));
  const row = (code: string, name: string, kind: string, above: string): Row => ({
    机构代码: code,
    机构名称: name,
    机构类别: kind,
    上级机构代码: above,
  });
  const made = [
    ...COLLEGES.map(([code, name]) => row(code, name, 'COLLEGE', 'SCHOOL')),
    ...COLLEGES.flatMap(([code, name]) =>
      MAJORS.map((major) => row(`M${code.slice(1)}${major}`, `${name}专业${major}`, 'MAJOR', code)),
    ),
    ...classes.map(({ code, cohort, college }) =>
      row(code, `${cohort}级${Number(code.slice(6))}班`, 'CLASS', college),
    ),
  ];
  return [...cast, ...made.filter((org) => !known.has(org['机构代码']))];
}

/** Counsellors of the invented classes, `T2001` and on; the cast keeps its own. */
export function counsellorRows(classes: readonly DemoClass[]): { staff: Row[]; grants: Row[] } {
  const staff = readCast('staff');
  const grants = readCast('grants');
  const taken = new Set(grants.map((row) => row['机构代码']));
  const random = createRandom(2);
  classes
    .filter(({ code }) => !taken.has(code))
    .forEach(({ code, college }, i) => {
      const staffNo = `T${2001 + Math.floor(i / CLASSES_PER_COUNSELLOR)}`;
      if (i % CLASSES_PER_COUNSELLOR === 0)
        staff.push({ 工号: staffNo, 姓名: nameOf(random), 职务: '辅导员', 部门代码: college });
      grants.push({
        工号: staffNo,
        角色: 'COUNSELLOR',
        机构代码: code,
        生效时间: '2023-09-01 00:00:00',
        失效时间: '',
        培训编号: '',
      });
    });
  return { staff, grants };
}

const nameOf = (random: Random): string =>
  random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.7) ? random.pick(GIVEN) : '');

function studentRow(
  random: Random,
  { code, college, cohort }: DemoClass,
  place: number,
  index: number,
): Row {
  const male = random.chance(0.5);
  const birthDate = `${cohort - 18 - (random.chance(0.2) ? 1 : 0)}-${pad(random.between(1, 8))}-${pad(random.between(1, 28))}`;
  const studentNo = `${code}${pad(place)}`;
  const status = random.chance(0.985) ? '在读' : random.pick(['休学', '退学']);
  return {
    学号: studentNo,
    姓名: nameOf(random),
    性别: male ? '男' : '女',
    出生日期: birthDate,
    证件类型: '居民身份证',
    证件号码: idNumberOf(birthDate, (index % 499) * 2 + (male ? 1 : 0)),
    民族代码: random.chance(0.9) ? '01' : pad(random.between(2, 56)),
    政治面貌代码: random.chance(0.8) ? '03' : '13',
    籍贯: '9900',
    家庭住址: `示范市诚信路${random.between(1, 999)}号`,
    手机号: `199${pad(index, 8)}`,
    电子邮箱: `${studentNo}@example.invalid`,
    紧急联系人: `家长 198${pad(index, 8)}`,
    学院代码: college,
    班级代码: code,
    专业代码: `M${college.slice(1)}${random.pick(MAJORS)}`,
    年级: String(cohort),
    培养类型: '全日制专科',
    入学日期: `${cohort}-09-01`,
    学籍状态: status,
    毕业日期: '',
  };
}

/** The students: those of DOMAIN §5 first, then as many as the plan says. */
export function studentRows(classes: readonly DemoClass[]): Row[] {
  const rows = readCast('students');
  const taken = new Set(rows.map((row) => row['学号']));
  const random = createRandom(1);
  let index = 0;
  for (const one of classes)
    for (let place = 1; place <= one.size; place += 1) {
      const row = studentRow(random, one, place, (index += 1));
      if (!taken.has(row['学号'])) rows.push(row);
    }
  return rows;
}
