/** Aid rounds, grants, findings of hardship and student loans of the demo college. */
import { BANK } from './cases.js';
import type { DemoFile, Row } from './file.js';
import { dayFromStart, SHOWN_STUDENT, yearsOf, type Plan } from './plan.js';
import { createRandom, type Random } from './random.js';

const POOR = 0.12;
const HONOURED = 0.06;
const BORROWING = 0.08;
const LEVELS = ['特别困难', '困难', '一般困难'] as const;
const FACTORS = ['低保家庭', '家庭成员重病', '家庭受灾', '多子女就学', '单亲家庭'] as const;
/** Day of the year on which aid is decided, and loans are paid out. */
const DECIDED = '10-20';
const ROUND_DAYS = 30;

const yearName = (year: number): string => `${year}-${year + 1}`;

/** The academic years of a student in which aid was decided by today. */
const decidedYears = (student: Row, plan: Plan): number[] =>
  yearsOf(Number(student['年级']), plan).filter((year) => `${year}-${DECIDED}` <= plan.today);

function roundRows(plan: Plan): Row[] {
  const [before = 0, last = 0] = plan.cohorts.slice(-2);
  const year = `${last}-${DECIDED}` <= plan.today ? last : before;
  return [
    {
      轮次编号: 'AR-DEMO-1',
      学年: yearName(year),
      机构代码: 'SCHOOL',
      开始时间: `${dayFromStart(plan, -1)} 00:00:00`,
      结束时间: `${dayFromStart(plan, ROUND_DAYS - 1)} 00:00:00`,
      轮次状态: '进行中',
    },
    {
      轮次编号: 'AR-DEMO-0',
      学年: yearName(year - 1),
      机构代码: 'C01;C02',
      开始时间: `${year - 1}-09-15 00:00:00`,
      结束时间: `${year - 1}-10-31 00:00:00`,
      轮次状态: '已结束',
    },
  ];
}

function hardshipRows(random: Random, studentNo: string, year: number): Row[] {
  const common = { 学号: studentNo, 学年: yearName(year), 认定日期: `${year}-${DECIDED}` };
  const found: Row = {
    资助编号: `H${year}-${studentNo}`,
    ...common,
    资助类别: '困难认定',
    资助金额: '',
    困难等级: random.pick(LEVELS),
    困难因素: [...new Set([random.pick(FACTORS), random.pick(FACTORS)])].join(';'),
  };
  const grant: Row = {
    资助编号: `G${year}-${studentNo}`,
    ...common,
    资助类别: random.chance(0.85) ? '国家助学金' : random.pick(['学费减免', '临时困难补助']),
    资助金额: random.pick(['2200.00', '3300.00', '4400.00']),
    困难等级: '',
    困难因素: '',
  };
  return [found, grant];
}

const scholarshipRow = (random: Random, studentNo: string, year: number): Row => ({
  资助编号: `S${year}-${studentNo}`,
  学号: studentNo,
  学年: yearName(year),
  认定日期: `${year}-${DECIDED}`,
  资助类别: random.chance(0.8) ? '奖学金' : '勤工助学',
  资助金额: random.pick(['1000.00', '2000.00', '5000.00']),
  困难等级: '',
  困难因素: '',
});

const loanRow = (random: Random, studentNo: string, year: number): Row => ({
  贷款编号: `L${year}-${studentNo}`,
  学号: studentNo,
  贷款类别: random.chance(0.9) ? '生源地' : '校园地',
  合同号: `SYD-${year}-${random.between(1_000_000, 9_999_999)}`,
  银行统一社会信用代码: BANK,
  贷款本金: random.pick(['6000.00', '8000.00', '12000.00']),
  贷款年度: String(year),
  贷款状态: random.chance(0.1) ? random.pick(['已申请', '已签约']) : '已放款',
  信息核验: random.chance(0.95) ? '通过' : '待核验',
});

export function aidFiles(students: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(10);
  const aid: Row[] = [];
  const loans: Row[] = [];
  for (const student of students) {
    const studentNo = student['学号'] ?? '';
    const years = decidedYears(student, plan);
    const isShown = studentNo === SHOWN_STUDENT;
    // Nothing excuses the bill of the student whom the README queries.
    const [isPoor, isBorrowing] = [random.chance(POOR), random.chance(BORROWING)];
    if (isPoor && !isShown)
      for (const year of years) aid.push(...hardshipRows(random, studentNo, year));
    if (isBorrowing && !isShown)
      for (const year of years) loans.push(loanRow(random, studentNo, year));
    const last = years.at(-1);
    if (last !== undefined && (random.chance(HONOURED) || isShown))
      aid.push(scholarshipRow(random, studentNo, last));
  }
  return [
    { office: 'archive', kind: 'aid-rounds', rows: roundRows(plan) },
    { office: 'archive', kind: 'aid', rows: aid },
    { office: 'archive', kind: 'loans', rows: loans },
  ];
}
