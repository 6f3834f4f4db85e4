/** Rows as academic affairs writes them, and the usual values. */

export const grade = (row: Record<string, string>): Record<string, string> => ({
  学号: '2024010305',
  学期: '2025-1',
  课程代码: 'CS101',
  课程名称: '程序设计基础',
  学分: '4.0',
  成绩: '87.5',
  成绩类型: '百分制',
  绩点: '3.75',
  修读次数: '1',
  成绩状态: '',
  ...row,
});

export const summary = (row: Record<string, string>): Record<string, string> => ({
  学号: '2024010305',
  平均绩点: '3.62',
  已获学分: '64.5',
  应获学分: '60.0',
  排名区间: '前10%',
  学业预警: '无',
  毕业资格: '未审核',
  ...row,
});

/** An act that is not decided yet. */
export const proposed = (row: Record<string, string>): Record<string, string> => ({
  违纪编号: 'V-1',
  学号: '2024010305',
  考试类型: '校内考试',
  行为代码: 'MOE33-6.1',
  指标代码: 'D1-05',
  严重程度: '严重',
  考试场次: '2025-1 期末 第3场',
  发生日期: '2026-01-12',
  认定机构: '',
  处理文号: '',
  决定日期: '',
  证据编号: '',
  通知送达日期: '',
  ...row,
});

/** The same, with finding, evidence and delivered notice. */
export const found = (row: Record<string, string>): Record<string, string> =>
  proposed({
    认定机构: '教务处',
    处理文号: '教〔2026〕7号',
    决定日期: '2026-01-26',
    证据编号: 'EV-7',
    通知送达日期: '2026-01-14',
    ...row,
  });
