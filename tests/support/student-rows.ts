import { idNumberOf } from '@chengxin/college/demo/people';

/** Places in a class that its students of DOMAIN §5 leave free. */
const FIRST_PLACE = 100;

/** As many invented students of one class as wanted, as the roll writes them. */
export const studentRows = (
  count: number,
  place: { readonly college: string; readonly classCode: string; readonly major: string },
): Record<string, string>[] =>
  Array.from({ length: count }, (_, i) => ({
    学号: `${place.classCode.slice(0, 7)}${FIRST_PLACE + i}`,
    姓名: '张三',
    性别: '男',
    出生日期: '2006-03-08',
    证件类型: '居民身份证',
    证件号码: idNumberOf('2006-03-08', 2 * i + 1),
    民族代码: '01',
    政治面貌代码: '03',
    籍贯: '9900',
    家庭住址: '示范市诚信路1号',
    手机号: '',
    电子邮箱: '',
    紧急联系人: '',
    学院代码: place.college,
    班级代码: place.classCode,
    专业代码: place.major,
    年级: place.classCode.slice(0, 4),
    培养类型: '全日制专科',
    入学日期: `${place.classCode.slice(0, 4)}-09-01`,
    学籍状态: '在读',
    毕业日期: '',
  }));
