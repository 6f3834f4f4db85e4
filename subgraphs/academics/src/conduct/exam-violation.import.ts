import { columnsOf } from '@chengxin/kit/database/columns';
import { ExamViolation } from './exam-violation.entity.js';
import { lockStaged } from '@chengxin/kit/database/lock-rows';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import type { FactTable } from '@chengxin/kit/import/fact-table';
import {
  inOrder,
  intoTable,
  knownStudent,
  type ImportJob,
  type StagedCheck,
} from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import { checkViolation, USUAL_BODY } from './exam-violation.rules.js';
import { EXAM_FINDING_EVENT } from './finding.publish.js';

const EXAM_TYPE = choice({
  SCHOOL: ['校内考试', '学校考试'],
  STATE: ['国家教育考试', '国家考试'],
  CERT: ['等级证书考试', '证书考试'],
});
const INDICATOR = choice({ 'D1-04': ['考场违纪'], 'D1-05': ['考试作弊'] });
const SEVERITY = choice({ S1: ['轻微'], S2: ['一般'], S3: ['严重'], S4: ['特别严重'] });
const DOC_NO = text({ max: 60 });

const COLUMNS = [
  {
    field: 'violationNo',
    headers: ['violation_no', '违纪编号'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  { field: 'examType', headers: ['exam_type', '考试类型'], codec: EXAM_TYPE, required: true },
  {
    field: 'actCode',
    headers: ['act_code', '行为代码'],
    codec: code(/^[\w.-]{1,20}$/),
    required: true,
  },
  {
    field: 'indicatorCode',
    headers: ['indicator_code', '指标代码'],
    codec: INDICATOR,
    required: true,
  },
  { field: 'severity', headers: ['severity', '严重程度'], codec: SEVERITY, required: true },
  {
    field: 'session',
    headers: ['session', '考试场次'],
    codec: text({ max: 100 }),
    required: true,
  },
  { field: 'occurredOn', headers: ['occurred_on', '发生日期'], codec: day, required: true },
  { field: 'findingBody', headers: ['finding_body', '认定机构'], codec: text({ max: 60 }) },
  { field: 'decisionDocNo', headers: ['decision_doc_no', '处理文号'], codec: DOC_NO },
  { field: 'decidedOn', headers: ['decided_on', '决定日期'], codec: day },
  { field: 'evidenceDocNo', headers: ['evidence_doc_no', '证据编号'], codec: DOC_NO },
  { field: 'noticeDeliveredOn', headers: ['notice_delivered_on', '通知送达日期'], codec: day },
] as const;
type ExamViolationRow = RowOf<typeof COLUMNS>;

const stage = ({ evidenceDocNo, ...row }: ExamViolationRow): object => ({
  ...row,
  findingBody: row.decisionDocNo ? (row.findingBody ?? USUAL_BODY) : row.findingBody,
  evidence: evidenceDocNo ? [{ id: evidenceDocNo, docNo: evidenceDocNo }] : [],
});

/** With finding, evidence and delivered notice it is FOUND, else it stays PROPOSED (F-13, INV-03). */
const IS_FOUND = `r.value->>'decisionDocNo' is not null and r.value->>'decidedOn' is not null
  and r.value->>'noticeDeliveredOn' is not null and r.value->'evidence' <> '[]'`;

const OWN = `v.violation_no = r.value->>'violationNo'`;
/** States that academic affairs does not see (FG14). */
const CLOSED = `('DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED')`;

/** A fact that the archive has changes by its own actions and by no file (2.4). */
const notPast: StagedCheck = {
  column: 'violationNo',
  reason: {
    zh: '该违纪已认定，不得由导入退回或更改',
    en: 'is past this state and is not taken back or changed by a file',
  },
  wrong: `exists (select from exam_violation v where ${OWN}
    and (v.state in ('ACTIVE', 'MITIGATED')
      or (v.state in ('NOTIFIED', 'FOUND') and not (${IS_FOUND}))))`,
};

const VIOLATION: FactTable = {
  ...columnsOf(ExamViolation, [
    'violationNo',
    'studentNo',
    'examType',
    'actCode',
    'indicatorCode',
    'severity',
    'session',
    'occurredOn',
    'findingBody',
    'decisionDocNo',
    'decidedOn',
    'noticeDeliveredOn',
    'evidence',
  ]),
  key: ['violationNo'],
  among: `state not in ${CLOSED}`,
  constants: { state: `case when ${IS_FOUND} then 'FOUND' else 'PROPOSED' end` },
  closed: `t.state in ${CLOSED}`,
  readFrom: { evidence: 'evidenceDocNo' },
  event: EXAM_FINDING_EVENT,
};

/** `examViolations`: one line an act, from the books of academic affairs. Source: G6.2, F-13. */
export const examViolationImport: ImportJob = {
  kind: importKind({ name: 'examViolations', columns: COLUMNS, check: checkViolation }),
  action: 'academics.import',
  approval: 'academics.approveImport',
  key: ['violationNo'],
  checks: [
    knownStudent,
    {
      column: 'studentNo',
      reason: { zh: '该违纪属于另一名学生', en: 'the violation is of another student' },
      wrong: `exists (select from exam_violation v where ${OWN}
        and v.student_no <> r.value->>'studentNo' and v.state not in ${CLOSED})`,
    },
    notPast,
    inOrder('occurredOn', 'noticeDeliveredOn'),
    inOrder('noticeDeliveredOn', 'decidedOn'),
    inOrder('occurredOn', 'decidedOn'),
  ],
  stage,
  // Another batch may have come first between the clerk's file and its approval.
  lock: lockStaged({ table: 'exam_violation', key: 'violation_no' }, 'violationNo'),
  madeOf: { evidence: ['evidenceDocNo'] },
  ...intoTable(VIOLATION),
};
