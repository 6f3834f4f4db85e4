/** Cadre posts, social practice and volunteering of the demo college. */
import { addDays } from '@chengxin/kit/clock';
import type { DemoFile, Row } from './file.js';
import { SHOWN_STUDENT, type Plan } from './plan.js';
import { createRandom } from './random.js';

const POSTS = ['班长', '团支书', '学习委员', '学生会干事'] as const;
const PRACTICES = ['暑期三下乡', '社区服务', '企业实践'] as const;
const HOLDING = 0.12;
const PRACTISING = 0.4;
const VOLUNTEERING = 0.5;

export function youthleagueFiles(students: readonly Row[], plan: Plan): DemoFile[] {
  const random = createRandom(6);
  const posts: Row[] = [];
  const practices: Row[] = [];
  const hours: Row[] = [];
  for (const student of students) {
    const studentNo = student['学号'] ?? '';
    const entered = student['入学日期'] ?? plan.today;
    if (addDays(entered, 60) > plan.today) continue;
    if (studentNo === SHOWN_STUDENT || random.chance(HOLDING))
      posts.push({
        学号: studentNo,
        组织: `${student['班级代码']}班`,
        职务: random.pick(POSTS),
        级别: random.pick(['班级', '院级', '校级']),
        任职开始: addDays(entered, 14),
        任职结束: '',
        考核结果: random.pick(['优秀', '称职']),
      });
    if (random.chance(PRACTISING))
      practices.push({
        学号: studentNo,
        活动名称: random.pick(PRACTICES),
        学时: random.between(8, 40).toFixed(1),
        地点: '示范市',
        核实人工号: 'T0601',
        日期: addDays(entered, 40),
      });
    if (random.chance(VOLUNTEERING))
      hours.push({
        学号: studentNo,
        学期: `${entered.slice(0, 4)}-1`,
        时长: random.between(4, 60).toFixed(1),
      });
  }
  return [
    { office: 'youthleague', kind: 'cadrePosts', rows: posts },
    { office: 'youthleague', kind: 'practices', rows: practices },
    { office: 'youthleague', kind: 'volunteerHours', rows: hours },
  ];
}
