/** Rows of the archive's own files, as Student Affairs writes them. */
type Row = Record<string, string>;

export const OWN_STUDENT = '2024010317';

const ENTRIES: Readonly<Record<string, Row>> = {
  基本信息: {
    标题: '联系方式',
    手机号: '19900001001',
    电子邮箱: 'a@example.invalid',
    联系地址: '示范市诚信路1号',
    紧急联系人: '家长 19900011001',
    兴趣爱好: '围棋',
  },
  教育经历: { 标题: '高中', 单位: '示范一中', 层次或级别: '61', 证书编号: 'GZ-12345678' },
  培训经历: { 标题: '急救', 单位: '红十字会', 时长: '16', 证书编号: 'JJ-0001' },
  项目经历: { 标题: '校园小程序', 角色或职务: '开发', 成果: '已上线', 指导教师: '陈老师' },
  任职经历: { 标题: '学生会', 单位: '学生会', 角色或职务: '部长', 层次或级别: '校级' },
  实习经历: {
    标题: '暑期实习',
    单位: '示范软件公司',
    角色或职务: '测试',
    统一社会信用代码: '91990000MA0000001B',
    实习指导人: '刘工',
    鉴定意见: '优秀',
  },
  勤工助学: { 标题: '图书馆助理', 单位: '图书馆', 角色或职务: '助理', 时长: '40.5' },
  就业经历: { 标题: '入职', 单位: '示范软件公司', 角色或职务: '工程师', 合同类型: '劳动合同' },
  资格证书: {
    标题: '计算机二级',
    单位: '教育考试院',
    证书编号: 'NCRE20251234',
    验证网址: 'https://example.invalid/NCRE20251234',
  },
  交流访学: { 标题: '暑期交流', 单位: '示范大学', 国家代码: 'DE', 交流类型: '短期' },
};
/** Every kind of 2.5, in its order. */
export const ENTRY_KINDS = Object.keys(ENTRIES);
const EMPTY: Row = Object.fromEntries(
  '手机号,电子邮箱,联系地址,紧急联系人,兴趣爱好,层次或级别,证书编号,时长,成果,指导教师,统一社会信用代码,实习指导人,鉴定意见,合同类型,验证网址,国家代码,交流类型,单位,角色或职务'
    .split(',')
    .map((head) => [head, '']),
);

/** A self-reported entry of a kind, approved, with a proof. */
export const entry = (kind: string, changes: Row = {}): Row => ({
  学号: OWN_STUDENT,
  条目类别: kind,
  开始日期: '2025-07-01',
  结束日期: '2025-08-31',
  ...EMPTY,
  ...ENTRIES[kind],
  证明材料编号: 'ZM-1;ZM-2',
  审核状态: '',
  审核意见: '',
  审核人工号: '',
  ...changes,
});

export const aid = (changes: Row = {}): Row => ({
  资助编号: 'AID-1',
  学号: OWN_STUDENT,
  资助类别: '国家助学金',
  学年: '2025-2026',
  资助金额: '3300.00',
  困难等级: '',
  困难因素: '',
  认定日期: '2025-11-05',
  ...changes,
});

/** A family that has it hard, found in an academic year. */
export const hardship = (changes: Row = {}): Row =>
  aid({
    资助编号: 'AID-H1',
    资助类别: '困难认定',
    资助金额: '',
    困难等级: '特别困难',
    困难因素: '家庭受灾;残疾',
    认定日期: '2025-10-20',
    ...changes,
  });

/** A round of the whole school, open in the middle of April 2026. */
export const round = (changes: Row = {}): Row => ({
  轮次编号: 'AR-1',
  学年: '2025-2026',
  机构代码: 'SCHOOL',
  开始时间: '2026-04-10 08:00:00',
  结束时间: '2026-04-20 18:00:00',
  轮次状态: '',
  ...changes,
});

export const loan = (changes: Row = {}): Row => ({
  贷款编号: 'LN-1',
  学号: OWN_STUDENT,
  贷款类别: '生源地',
  合同号: 'SYD-2025-0001234',
  银行统一社会信用代码: '91990000MA0000001B',
  贷款本金: '8000',
  贷款年度: '2025',
  贷款状态: '已放款',
  信息核验: '通过',
  ...changes,
});

/** A finding of Student Affairs' own, with all that a record needs to count. */
export const bad = (changes: Row = {}): Row => ({
  记录编号: 'BR-1',
  学号: OWN_STUDENT,
  指标代码: 'D3-06',
  严重程度: '轻微',
  发生日期: '2026-03-01',
  结束日期: '',
  认定机构: '',
  认定文号: '学处〔2026〕1号',
  认定日期: '2026-03-10',
  证据编号: 'ZJ-1;ZJ-2',
  通知送达日期: '2026-03-04',
  账单编号: '',
  有能力缴纳证据编号: '',
  无正当理由证据编号: '',
  超过期限证据编号: '',
  ...changes,
});

/** Malicious arrears of a bill, with the three tests of T-01. */
export const malice = (changes: Row = {}): Row =>
  bad({
    记录编号: 'BR-M1',
    指标代码: 'D2-01',
    严重程度: 'S2',
    发生日期: '2025-11-01',
    认定日期: '2026-01-10',
    通知送达日期: '2025-12-20',
    证据编号: '',
    账单编号: 'B2025T1',
    有能力缴纳证据编号: 'T-1',
    无正当理由证据编号: 'T-2',
    超过期限证据编号: 'T-3',
    ...changes,
  });

export const good = (changes: Row = {}): Row => ({
  记录编号: 'GR-1',
  学号: OWN_STUDENT,
  指标代码: 'P-01',
  级别: '',
  发生日期: '2026-03-01',
  结束日期: '',
  证明材料编号: 'ZM-9',
  ...changes,
});
