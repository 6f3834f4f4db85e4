/** A few law violations of the demo college; none of anybody under 18 at the act (INV-05). */
import { addDays } from '@chengxin/kit/clock';
import type { DemoFile, Row } from './file.js';
import type { Plan } from './plan.js';
import { createRandom } from './random.js';

const ACTS = [
  ['D3-03', '打架', 'S2'],
  ['D3-04', '赌博', 'S2'],
  ['D2-04', '盗窃', 'S2'],
  ['D5-02', '传播虚假信息', 'S1'],
] as const;
const VIOLATING = 0.01;
const ADULT = 18;

/** The day on which a person turns 18. */
const adultOn = (birthDate: string): string =>
  `${Number(birthDate.slice(0, 4)) + ADULT}${birthDate.slice(4)}`;

export function securityFiles(students: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(7);
  const rows: Row[] = [];
  for (const student of students) {
    if (!random.chance(VIOLATING)) continue;
    const actOn = addDays(plan.today, -random.between(40, 200));
    const [indicator, name, severity] = random.pick(ACTS);
    if (actOn < adultOn(student['出生日期'] ?? '') || actOn < (student['入学日期'] ?? '')) continue;
    const number = rows.length + 1;
    rows.push({
      案件编号: `SEC-${number}`,
      学号: student['学号'] ?? '',
      行为日期: actOn,
      类别: '校内认定',
      处理机关: '保卫处',
      文书编号: `保处〔${actOn.slice(0, 4)}〕${number}号`,
      法律依据: `学生违纪处分规定：${name}`,
      指标代码: indicator,
      严重程度: severity,
      认定日期: addDays(actOn, 20),
      告知日期: addDays(actOn, 7),
    });
  }
  return [{ office: 'security', kind: 'lawViolations', rows }];
}
