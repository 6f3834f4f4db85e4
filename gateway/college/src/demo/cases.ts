/** Evaluation cases, an audit and consents of the demo college, dated from its first start. */
import type { DemoFile, Row } from './file.js';
import { dayFromStart, SHOWN_STUDENT, type Plan } from './plan.js';
import { createRandom } from './random.js';

const CASES: readonly (readonly [
  id: string,
  purpose: string,
  title: string,
  evaluator: string,
  host: string,
])[] = [
  ['EC-DEMO-AWARD', '评优', '年度评优', 'T0701', 'SAO'],
  ['EC-DEMO-PARTY', '入党', '发展党员', 'T0702', 'SAO'],
  ['EC-DEMO-AID', '资助', '国家助学金评定', 'T0703', 'SAO'],
  ['EC-DEMO-EMPLOY', '就业推荐', '就业推荐', 'T0704', 'AEO'],
];
/** A case is open for 30 days at most (INV-09). */
const CASE_DAYS = 29;
const AUDIT_DAYS = 365;
const CANDIDATES = 40;
/** Share of students who let a telecom operator or a bank give data (T-04). */
const CONSENTING = 0.15;

export const TELECOM = '91990000MA0000002E';
export const BANK = '91990000MA0000001B';

const midnight = (day: string): string => `${day} 00:00:00`;

function caseRows(students: readonly Row[], plan: Plan): Row[] {
  const candidates = students.slice(0, CANDIDATES).map((row) => row['学号'] ?? '');
  return CASES.map(([id, purpose, title, evaluator, host]) => ({
    评审编号: id,
    用途: purpose,
    名称: title,
    主办部门: host,
    开始时间: midnight(dayFromStart(plan, -1)),
    结束时间: midnight(dayFromStart(plan, CASE_DAYS - 1)),
    学生学号: candidates.join(';'),
    评审人工号: evaluator,
  }));
}

const auditRows = (plan: Plan): Row[] => [
  {
    审计编号: 'AU-DEMO-1',
    工号: 'T0901',
    名称: '年度个人信息保护审计',
    开始时间: midnight(dayFromStart(plan, -1)),
    结束时间: midnight(dayFromStart(plan, AUDIT_DAYS)),
  },
];

export function consentRows(students: readonly Row[], plan: Plan): Row[] {
  const random = createRandom(4);
  const rows: Row[] = [];
  for (const student of students) {
    const studentNo = student['学号'] ?? '';
    if (studentNo !== SHOWN_STUDENT && !random.chance(CONSENTING)) continue;
    for (const [recipient, name, group] of [
      [TELECOM, '示范电信', 'PHONE_BILLS'],
      [BANK, '示范银行', 'CARD_OVERDRAFTS'],
    ] as const)
      rows.push({
        授权编号: `CS-${rows.length + 1}`,
        学号: studentNo,
        授权用途: '第三方采集',
        信息类别: group,
        接收方: name,
        接收方统一社会信用代码: recipient,
        告知书版本: 'N-2026.1',
        授权时间: midnight(dayFromStart(plan, -120)),
        到期时间: midnight(dayFromStart(plan, 245)),
        撤回时间: '',
      });
  }
  return rows;
}

export const caseFiles = (
  students: readonly Row[],
  consents: readonly Row[],
  plan: Plan,
): DemoFile[] => [
  { office: 'archive', kind: 'cases', rows: caseRows(students, plan) },
  { office: 'archive', kind: 'audits', rows: auditRows(plan) },
  { office: 'archive', kind: 'consents', rows: consents },
];
