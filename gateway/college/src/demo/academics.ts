/** Grades, summaries and a few exam violations of the demo college. */
import { addDays } from '@chengxin/kit/clock';
import type { DemoFile, Row } from './file.js';
import { yearsOf, type Plan } from './plan.js';
import { createRandom, type Random } from './random.js';

const COURSES: readonly (readonly [code: string, name: string, credits: string, kind: string])[] = [
  ['GE101', '思想道德与法治', '3.0', '公共必修'],
  ['GE102', '大学英语', '4.0', '公共必修'],
  ['GE103', '高等数学', '4.0', '公共必修'],
  ['GE104', '体育', '1.0', '公共必修'],
  ['PR201', '专业基础一', '3.5', '必修'],
  ['PR202', '专业基础二', '3.5', '必修'],
];
const COURSES_PER_TERM = 4;
const PASS = 60;
const BEST_GPA_SCORE = 90;
/** Share of students with an exam violation (D1-04, D1-05). */
const VIOLATING = 0.02;

interface Totals {
  weighted: number;
  credits: number;
  earned: number;
}

const gradePointOf = (score: number): number =>
  score < PASS ? 0 : Math.min(4, 1 + ((score - PASS) / (BEST_GPA_SCORE - PASS)) * 3);

/** Terms that are over by today: the first ends in January, the second in July. */
const termsOf = (year: number, plan: Plan): string[] =>
  [
    [`${year}-1`, `${year + 1}-01-31`],
    [`${year}-2`, `${year + 1}-07-31`],
  ].flatMap(([term = '', end = '']) => (end < plan.today ? [term] : []));

function gradeRow(
  random: Random,
  studentNo: string,
  term: string,
  at: number,
  totals: Totals,
): Row {
  const [code, name, credits] = COURSES[at % COURSES.length] ?? COURSES[0] ?? ['', '', '0'];
  const score = Math.min(99, 55 + Math.round(random.next() * 20 + random.next() * 25));
  const point = gradePointOf(score);
  totals.weighted += point * Number(credits);
  totals.credits += Number(credits);
  if (score >= PASS) totals.earned += Number(credits);
  return {
    学号: studentNo,
    学期: term,
    课程代码: code,
    课程名称: name,
    学分: credits,
    成绩: score.toFixed(1),
    成绩类型: 'PERCENT',
    绩点: point.toFixed(2),
    修读次数: '1',
  };
}

const bandOf = (gpa: number): string => {
  if (gpa >= 3.3) return 'TOP10';
  if (gpa >= 2.9) return 'TOP30';
  return gpa >= 2 ? 'MIDDLE' : 'LOW';
};

function summaryRow(studentNo: string, { weighted, credits, earned }: Totals): Row {
  const gpa = credits ? weighted / credits : 0;
  return {
    学号: studentNo,
    平均绩点: gpa.toFixed(2),
    已获学分: earned.toFixed(1),
    应获学分: credits.toFixed(1),
    排名区间: bandOf(gpa),
    学业预警: gpa < 1.5 ? 'YELLOW' : 'NONE',
    毕业资格: 'NOT_YET',
  };
}

function violationRow(random: Random, studentNo: string, index: number, plan: Plan): Row {
  const cheated = random.chance(0.4);
  const occurredOn = addDays(plan.today, -random.between(60, 300));
  return {
    违纪编号: `EV-${index}`,
    学号: studentNo,
    考试类型: 'SCHOOL',
    行为代码: cheated ? 'CHEAT-01' : 'BREACH-01',
    指标代码: cheated ? 'D1-05' : 'D1-04',
    严重程度: cheated ? 'S3' : 'S1',
    考试场次: '期末考试',
    发生日期: occurredOn,
    认定机构: '教务处',
    处理文号: `教处〔${occurredOn.slice(0, 4)}〕${index}号`,
    决定日期: addDays(occurredOn, 14),
    证据编号: `ZJ-${index}`,
    通知送达日期: addDays(occurredOn, 5),
  };
}

/** The review of those who leave next summer: whoever is too far behind completes without a diploma. */
const graduationRow = (studentNo: string, { weighted, credits }: Totals, year: number): Row => ({
  学号: studentNo,
  毕业日期: `${year}-06-30`,
  毕业结论: credits && weighted / credits < 1 ? 'COMPLETED' : 'GRADUATED',
});

const courseRows = (): Row[] =>
  COURSES.map(([code, name, credits, kind]) => ({
    课程代码: code,
    课程名称: name,
    学分: credits,
    课程类别: kind,
  }));

export function academicsFiles(students: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(5);
  const grades: Row[] = [];
  const summaries: Row[] = [];
  const violations: Row[] = [];
  const graduations: Row[] = [];
  const [leaving = 0] = plan.cohorts;
  for (const student of students) {
    const studentNo = student['学号'] ?? '';
    const totals: Totals = { weighted: 0, credits: 0, earned: 0 };
    const terms = yearsOf(Number(student['年级']), plan).flatMap((year) => termsOf(year, plan));
    for (const term of terms)
      for (let course = 0; course < COURSES_PER_TERM; course += 1)
        grades.push(gradeRow(random, studentNo, term, course, totals));
    if (terms.length) summaries.push(summaryRow(studentNo, totals));
    if (Number(student['年级']) === leaving)
      graduations.push(graduationRow(studentNo, totals, leaving + plan.cohorts.length));
    if (terms.length && random.chance(VIOLATING))
      violations.push(violationRow(random, studentNo, violations.length + 1, plan));
  }
  return [
    { office: 'academics', kind: 'courses', rows: courseRows() },
    { office: 'academics', kind: 'grades', rows: grades },
    { office: 'academics', kind: 'summaries', rows: summaries },
    { office: 'academics', kind: 'examViolations', rows: violations },
    { office: 'academics', kind: 'graduations', rows: graduations },
  ];
}
