/** Rows as the Youth League writes them. */

export const cadrePost = (row: Record<string, string>): Record<string, string> => ({
  学号: '2024010305',
  组织: '校学生会',
  职务: '学习部部长',
  级别: '校级',
  任职开始: '2025-03-01',
  任职结束: '2025-12-31',
  考核结果: '称职',
  ...row,
});

export const practice = (row: Record<string, string>): Record<string, string> => ({
  学号: '2024010305',
  活动名称: '暑期三下乡',
  学时: '32.5',
  地点: '示范县',
  核实人工号: 'T0602',
  日期: '2025-07-15',
  ...row,
});

export const volunteering = (row: Record<string, string>): Record<string, string> => ({
  学号: '2024010305',
  学期: '2024-2',
  时长: '40',
  确认日期: '2025-05-20',
  ...row,
});
