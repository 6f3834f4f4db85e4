/** Conduct of the demo college: about one student in eleven has a bad record, most of them minor. */
import { addDays, daysBetween } from '@chengxin/kit/clock';
import type { DemoFile, Row } from './file.js';
import { SHOWN_STUDENT, type Plan } from './plan.js';
import { createRandom, type Random } from './random.js';

/** Codes that Student Affairs finds, as often as they stand here. A frozen release has ten of B in each group. */
const OWN: readonly (readonly [code: string, severity: string])[] = [
  ['D3-06', 'S1'],
  ['D3-06', 'S1'],
  ['D3-06', 'S1'],
  ['D3-08', 'S1'],
  ['D3-08', 'S1'],
  ['D3-05', 'S1'],
  ['D3-05', 'S1'],
  ['D3-02', 'S1'],
  ['D3-07', 'S1'],
  ['D3-01', 'S2'],
  ['D3-01', 'S2'],
  ['D3-01', 'S2'],
  ['D4-02', 'S1'],
  ['D4-03', 'S1'],
  ['D1-06', 'S2'],
  ['D1-06', 'S2'],
  ['D1-06', 'S2'],
];
/** Share of students with a bad record, whoever found it. */
const MISBEHAVING = 0.095;
/** Share of the findings published by offices that Student Affairs has accepted so far. */
const ACCEPTED = 0.9;
/** Of its own records, one in so many whose notice is not delivered yet. */
const WAITING = 16;
/** Of bills that nobody pays and nothing excuses. */
const MALICIOUS = 0.05;
const LONG_OVERDUE = 90;

const GOOD: readonly (readonly [code: string, level: string])[] = [
  ['P-01', ''],
  ['P-02', '校级'],
  ['P-02', '院级'],
  ['P-02', '班级'],
  ['P-02', '校级'],
  ['P-03', '省级'],
  ['P-04', '国家级'],
  ['P-08', ''],
];
const PRAISED = 0.08;

/** What other files of the college say that records rest on. */
export interface OfficeRows {
  readonly examViolations: readonly Row[];
  readonly lawViolations: readonly Row[];
  readonly bills: readonly Row[];
  readonly payments: readonly Row[];
  readonly deferrals: readonly Row[];
  /** Students with a hardship or a loan. */
  readonly aided: ReadonlySet<string>;
}

const EMPTY: Row = {
  记录编号: '',
  学号: '',
  指标代码: '',
  严重程度: '',
  发生日期: '',
  认定文号: '',
  认定日期: '',
  证据编号: '',
  通知送达日期: '',
  账单编号: '',
  有能力缴纳证据编号: '',
  无正当理由证据编号: '',
  超过期限证据编号: '',
};
/** Days at school before anything can be found, and how far back it lies. */
const SETTLED = 40;
const [LEAST_AGO, MOST_AGO] = [20, 160];

const daysAtSchool = (student: Row, plan: Plan): number =>
  daysBetween(student['入学日期'] ?? plan.today, plan.today);

function ownRow(random: Random, student: Row, number: string, plan: Plan): Row {
  const [indicator, severity] = random.pick(OWN);
  const ago = random.between(LEAST_AGO, Math.min(MOST_AGO, daysAtSchool(student, plan)));
  const occurredOn = addDays(plan.today, -ago);
  return {
    ...EMPTY,
    记录编号: number,
    学号: student['学号'] ?? '',
    指标代码: indicator,
    严重程度: severity,
    发生日期: occurredOn,
    认定文号: `学处〔${occurredOn.slice(0, 4)}〕${number}号`,
    认定日期: addDays(occurredOn, 15),
    证据编号: `ZJ-${number}`,
    通知送达日期: addDays(occurredOn, 5),
  };
}

/** A published finding as Student Affairs accepts it, with the day of its notice. */
const acceptedRow = (number: string, row: Row): Row => ({
  ...EMPTY,
  记录编号: number,
  学号: row['学号'] ?? '',
  指标代码: row['指标代码'] ?? '',
  严重程度: row['严重程度'] ?? '',
  发生日期: row['发生日期'] ?? row['行为日期'] ?? '',
  认定文号: row['处理文号'] ?? row['文书编号'] ?? '',
  认定日期: row['决定日期'] ?? row['认定日期'] ?? '',
});

/** Bills long overdue that nobody paid and nothing excuses. */
function unexcused({ bills, payments, deferrals, aided }: OfficeRows, plan: Plan): Row[] {
  const settled = new Set([...payments, ...deferrals].map((row) => row['账单编号']));
  const before = addDays(plan.today, -LONG_OVERDUE);
  return bills.filter(
    (bill) =>
      !settled.has(bill['账单编号']) &&
      (bill['缴费截止日期'] ?? '') < before &&
      bill['学号'] !== SHOWN_STUDENT &&
      !aided.has(bill['学号'] ?? ''),
  );
}

function maliceRow(bill: Row, number: string): Row {
  const due = bill['缴费截止日期'] ?? '';
  return {
    ...EMPTY,
    记录编号: number,
    学号: bill['学号'] ?? '',
    指标代码: 'D2-01',
    严重程度: 'S2',
    发生日期: addDays(due, 1),
    认定文号: `学处〔${due.slice(0, 4)}〕欠费${number}号`,
    认定日期: addDays(due, 60),
    通知送达日期: addDays(due, 40),
    账单编号: bill['账单编号'] ?? '',
    有能力缴纳证据编号: `NL-${number}`,
    无正当理由证据编号: `LY-${number}`,
    超过期限证据编号: `QX-${number}`,
  };
}

/** In an order that looks random, those who have been at school for a while. */
const established = (random: Random, students: readonly Row[], plan: Plan): Row[] =>
  students
    .filter((student) => daysAtSchool(student, plan) >= SETTLED)
    .map((student) => ({ student, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ student }) => student);

function badRows(students: readonly Row[], offices: OfficeRows, plan: Plan): Row[] {
  const random = createRandom(11);
  const rows: Row[] = [];
  const next = (prefix: string) => `${prefix}-${rows.length + 1}`;
  for (const finding of [...offices.examViolations, ...offices.lawViolations])
    if (random.chance(ACCEPTED)) rows.push(acceptedRow(next('AC'), finding));
  for (const bill of unexcused(offices, plan))
    if (random.chance(MALICIOUS)) rows.push(maliceRow(bill, next('QF')));
  const recorded = new Set([SHOWN_STUDENT, ...rows.map((row) => row['学号'])]);
  // However few the offices found, Student Affairs' own make up the share.
  let own = 0;
  for (const student of established(random, students, plan)) {
    if (recorded.size > students.length * MISBEHAVING) break;
    if (recorded.has(student['学号'])) continue;
    const row = ownRow(random, student, next('BR'), plan);
    own += 1;
    rows.push(own % WAITING ? row : { ...row, 通知送达日期: '' });
    recorded.add(student['学号']);
  }
  return rows;
}

function goodRows(students: readonly Row[], plan: Plan): Row[] {
  const random = createRandom(12);
  const rows: Row[] = [];
  for (const student of students) {
    if (student['学号'] !== SHOWN_STUDENT && !random.chance(PRAISED)) continue;
    const [indicator, level] = random.pick(GOOD);
    const day = addDays(student['入学日期'] ?? plan.today, random.between(20, 200));
    if (day > plan.today) continue;
    rows.push({
      记录编号: `GR-${rows.length + 1}`,
      学号: student['学号'] ?? '',
      指标代码: indicator,
      级别: level,
      发生日期: day,
      证明材料编号: `RY-${rows.length + 1}`,
    });
  }
  return rows;
}

export const conductFiles = (
  students: readonly Row[],
  offices: OfficeRows,
  plan: Plan,
): DemoFile[] => [
  { office: 'archive', kind: 'good-records', rows: goodRows(students, plan) },
  { office: 'archive', kind: 'conduct-records', rows: badRows(students, offices, plan) },
];
