/** Providers and what they report under a consent: phone bills and card overdrafts (T-04). */
import { addDays } from '@chengxin/kit/clock';
import { BANK, TELECOM } from './cases.js';
import type { DemoFile, Row } from './file.js';
import type { Plan } from './plan.js';
import { createRandom } from './random.js';

const MONTHS = 3;
const LATE = 0.08;
const OVERDRAWN = 0.1;

const PROVIDERS: readonly Row[] = [
  [TELECOM, '示范电信', 'TELECOM', 'TEL-0001'],
  [BANK, '示范银行', 'BANK', 'BNK-0001'],
].map(([uscc = '', name = '', kind = '', licence = '']) => ({
  统一社会信用代码: uscc,
  机构名称: name,
  机构类型: kind,
  许可证号: licence,
  许可证有效期: '2035-12-31',
}));

/** The months before today's, the latest first. */
function monthsBefore(plan: Plan): string[] {
  const months: string[] = [];
  let day = `${plan.today.slice(0, 7)}-01`;
  while (months.length < MONTHS) {
    day = `${addDays(day, -1).slice(0, 7)}-01`;
    months.push(day.slice(0, 7));
  }
  return months;
}

export function thirdpartyFiles(consents: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(8);
  const bills: Row[] = [];
  const overdrafts: Row[] = [];
  for (const consent of consents) {
    const consentId = consent['授权编号'] ?? '';
    if (consent['接收方统一社会信用代码'] === TELECOM)
      for (const month of monthsBefore(plan)) {
        const late = random.chance(LATE);
        const paidOn = addDays(`${month}-28`, late ? 35 : 5);
        bills.push({
          授权编号: consentId,
          手机号后四位: String(random.between(1000, 9999)),
          账期: month,
          金额: `${random.between(19, 99)}.00`,
          缴费日期: paidOn > plan.today ? '' : paidOn,
          逾期天数: late ? '30' : '0',
          是否确认: '是',
        });
      }
    else if (random.chance(OVERDRAWN))
      overdrafts.push({
        授权编号: consentId,
        卡号后四位: String(random.between(1000, 9999)),
        账单日: addDays(plan.today, -30),
        逾期金额: `${random.between(100, 900)}.00`,
        逾期天数: String(random.between(1, 25)),
        结清日期: addDays(plan.today, -2),
      });
  }
  return [
    { office: 'thirdparty', kind: 'providers', rows: PROVIDERS, by: ['T0001', ''] },
    { office: 'thirdparty', kind: 'phoneBills', rows: bills, by: ['telecom-t-01', ''] },
    { office: 'thirdparty', kind: 'cardOverdrafts', rows: overdrafts, by: ['bank-b-01', ''] },
  ];
}
