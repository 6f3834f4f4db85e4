import { idNumberOf } from '@chengxin/college/demo/people';
import type { Word } from '../support/student-facts.js';
import { STUDENTS } from './allowed.js';

/** The students once more, with markers where a file may hold a text. */
export const rollOf = (word: Word) =>
  STUDENTS.map((studentNo, i) => ({
    学号: studentNo,
    姓名: word('name', i),
    性别: '男',
    出生日期: `2006-07-1${i}`,
    证件类型: '居民身份证',
    证件号码: idNumberOf(`2006-07-1${i}`, 2 * i + 1),
    民族代码: '',
    政治面貌代码: '',
    籍贯: '',
    家庭住址: word('address', i),
    手机号: `1997654321${i}`,
    电子邮箱: word('email', i),
    紧急联系人: word('emergencyContact', i),
    学院代码: i < 2 ? 'C01' : 'C02',
    班级代码: i < 2 ? '20240103' : '20250204',
    专业代码: i < 2 ? 'M0101' : 'M0201',
    年级: i < 2 ? '2024' : '2025',
    培养类型: '全日制专科',
    入学日期: `2024-09-0${1 + i}`,
    学籍状态: '在读',
    毕业日期: '',
  }));
