/** What the students of the demo college say of themselves: ten kinds, most of it approved. */
import { addDays } from '@chengxin/kit/clock';
import { BANK } from './cases.js';
import type { DemoFile, Row } from './file.js';
import { SHOWN_STUDENT, type Plan } from './plan.js';
import { createRandom, type Random } from './random.js';

/** Share of students who have an entry of a kind, and what it says. */
const KINDS: readonly (readonly [
  kind: string,
  share: number,
  entry: (random: Random, student: Row) => Row,
])[] = [
  [
    '基本信息',
    0.5,
    (_, student) => ({
      标题: '联系方式',
      手机号: student['手机号'] ?? '',
      电子邮箱: student['电子邮箱'] ?? '',
      联系地址: student['家庭住址'] ?? '',
      紧急联系人: student['紧急联系人'] ?? '',
    }),
  ],
  ['教育经历', 0.4, () => ({ 标题: '高中', 单位: '示范中学', 层次或级别: '高中' })],
  ['培训经历', 0.1, () => ({ 标题: '急救培训', 单位: '示范市红十字会', 时长: '16' })],
  ['项目经历', 0.08, () => ({ 标题: '课程设计', 角色或职务: '组长', 成果: '已结题' })],
  [
    '任职经历',
    0.12,
    (random) => ({
      标题: '学生组织任职',
      单位: '学生会',
      角色或职务: random.pick(['部长', '干事']),
      层次或级别: random.pick(['校级', '院级']),
    }),
  ],
  ['实习经历', 0.15, () => ({ 标题: '暑期实习', 单位: '示范公司', 统一社会信用代码: BANK })],
  ['勤工助学', 0.06, () => ({ 标题: '图书馆', 单位: '图书馆', 角色或职务: '助理', 时长: '40' })],
  ['就业经历', 0.03, () => ({ 标题: '预签约', 单位: '示范公司', 角色或职务: '技术员' })],
  [
    '资格证书',
    0.25,
    (random) => ({
      标题: '计算机等级证书',
      单位: '示范省教育考试院',
      证书编号: `NCRE${random.between(10_000_000, 99_999_999)}`,
    }),
  ],
  ['交流访学', 0.01, () => ({ 标题: '暑期交流', 单位: '示范大学', 国家代码: 'DE' })],
];
const PROVEN = new Set(['任职经历', '资格证书', '项目经历', '交流访学']);
const HEADS =
  '学号,条目类别,标题,单位,角色或职务,开始日期,结束日期,手机号,电子邮箱,联系地址,紧急联系人,兴趣爱好,层次或级别,证书编号,时长,成果,统一社会信用代码,国家代码,证明材料编号,审核状态,审核意见'.split(
    ',',
  );
const EMPTY: Row = Object.fromEntries(HEADS.map((head) => [head, '']));

/** How the review went: most is approved, some waits, a little was sent back. */
function review(random: Random): Row {
  const at = random.next();
  if (at < 0.92) return { 审核状态: '已通过' };
  if (at < 0.97) return { 审核状态: '待审核' };
  return { 审核状态: '已退回', 审核意见: '证明材料不清晰，请重新提交' };
}

export function selfEntryFiles(students: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(9);
  const rows: Row[] = [];
  for (const student of students) {
    const studentNo = student['学号'] ?? '';
    const entered = student['入学日期'] ?? plan.today;
    if (entered > plan.today) continue;
    for (const [kind, share, entry] of KINDS) {
      if (studentNo !== SHOWN_STUDENT && !random.chance(share)) continue;
      const isSchool = kind === '教育经历';
      const start = isSchool ? addDays(entered, -1095) : entered;
      rows.push({
        ...EMPTY,
        学号: studentNo,
        条目类别: kind,
        开始日期: start,
        结束日期: isSchool ? addDays(entered, -60) : '',
        证明材料编号: PROVEN.has(kind) ? `ZM-${rows.length + 1}` : '',
        ...entry(random, student),
        ...review(random),
      });
    }
  }
  return [{ office: 'archive', kind: 'self-entries', rows }];
}
