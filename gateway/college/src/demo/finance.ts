/** Bills, payments and deferrals of the demo college: most pay in time, a few late or not at all. */
import { addDays } from '@chengxin/kit/clock';
import type { DemoFile, Row } from './file.js';
import { SHOWN_STUDENT, yearsOf, type Plan } from './plan.js';
import { createRandom, type Random } from './random.js';

const TUITION = ['6800.00', '7800.00', '9800.00'] as const;
const DORM = '1200.00';
const DUE = '10-31';

/** What becomes of a bill, in this order of probability. */
const FATES: readonly (readonly [fate: Fate, upTo: number])[] = [
  ['PAID', 0.93],
  ['PAID_LATE', 0.96],
  ['DEFERRED', 0.985],
  ['UNPAID', 1],
];
type Fate = 'PAID' | 'PAID_LATE' | 'DEFERRED' | 'UNPAID';

const fateOf = (random: Random): Fate => {
  const at = random.next();
  return FATES.find(([, upTo]) => at < upTo)?.[0] ?? 'PAID';
};

export function financeFiles(students: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(3);
  const bills: Row[] = [];
  const payments: Row[] = [];
  const deferrals: Row[] = [];

  const pay = (bill: Row, paidOn: string) => {
    if (paidOn > plan.today) return;
    payments.push({
      流水号: `P-${bill['账单编号']}`,
      账单编号: bill['账单编号'] ?? '',
      学号: bill['学号'] ?? '',
      实缴金额: bill['应缴金额'] ?? '',
      缴费日期: paidOn,
    });
  };
  const settle = (bill: Row, due: string) => {
    const isLast = due.startsWith(String(plan.cohorts.at(-1)));
    const isShown = bill['学号'] === SHOWN_STUDENT && isLast && bill['收费项目'] === '学费';
    const fate = isShown ? 'UNPAID' : fateOf(random);
    if (fate === 'PAID') pay(bill, addDays(due, -random.between(5, 55)));
    if (fate === 'PAID_LATE') pay(bill, addDays(due, random.between(3, 40)));
    if (fate === 'DEFERRED')
      deferrals.push({
        账单编号: bill['账单编号'] ?? '',
        学号: bill['学号'] ?? '',
        缓交原因: '家庭临时困难',
        缓交至: addDays(due, 180),
      });
  };

  for (const student of students) {
    const studentNo = student['学号'] ?? '';
    for (const year of yearsOf(Number(student['年级']), plan))
      for (const [item, amount] of [
        ['学费', random.pick(TUITION)],
        ['住宿费', DORM],
      ] as const) {
        const due = `${year}-${DUE}`;
        const bill: Row = {
          账单编号: `B${year}${item === '学费' ? 'T' : 'D'}${studentNo}`,
          学号: studentNo,
          学年: `${year}-${year + 1}`,
          收费项目: item,
          应缴金额: amount,
          缴费截止日期: due,
        };
        bills.push(bill);
        settle(bill, due);
      }
  }
  return [
    { office: 'finance', kind: 'bills', rows: bills, encoding: 'gb18030' },
    { office: 'finance', kind: 'payments', rows: payments, encoding: 'gb18030' },
    { office: 'finance', kind: 'deferrals', rows: deferrals, encoding: 'gb18030' },
  ];
}
