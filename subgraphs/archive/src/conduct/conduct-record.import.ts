import { columnsOf } from '@chengxin/kit/database/columns';
import { BAD_FACTS } from './conduct-table.js';
import { ConductRecord } from './conduct-record.entity.js';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { factTable, type FactTable } from '@chengxin/kit/import/fact-table';
import { inOrder, type ImportJob } from '@chengxin/kit/import/job';
import type { Approval, Applied, ChangedRow } from '@chengxin/kit/import/approval';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import { indicatorByCode } from '../rules/indicator.loader.js';
import { enrolled, notAfterToday } from '../student/student-checks.import.js';
import {
  notExcused,
  notPast,
  officeReportedIt,
  CLOSED_LIST,
  ofSealedBill,
  oneRecordOfABill,
  ofTheSameStudent,
  SAME_FINDING,
  studentWasNotified,
} from './imported-checks.import.js';
import { checkConduct, documentsOf, noticeInstant, wayOf } from './imported.rules.js';

const DOC_NO = text({ max: 60 });
const NUMBER = code(/^[\w-]{1,40}$/);
const SEVERITY = choice({ S1: ['轻微'], S2: ['一般'], S3: ['严重'], S4: ['特别严重'] });
/** Who finds what is Student Affairs' own, when no other body is named. */
const USUAL_BODY = 'SAO';

const COLUMNS = [
  { field: 'recordNo', headers: ['record_no', '记录编号'], codec: NUMBER, required: true },
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  {
    field: 'indicatorCode',
    headers: ['indicator_code', '指标代码'],
    codec: code(/^D[1-6]-\d{2}$/),
    required: true,
  },
  { field: 'severity', headers: ['severity', '严重程度'], codec: SEVERITY, required: true },
  { field: 'occurredOn', headers: ['occurred_on', '发生日期'], codec: day, required: true },
  { field: 'endedOn', headers: ['ended_on', '结束日期'], codec: day },
  { field: 'findingBody', headers: ['finding_body', '认定机构'], codec: text({ max: 60 }) },
  { field: 'findingDocNo', headers: ['finding_doc_no', '认定文号'], codec: text({ max: 100 }) },
  { field: 'findingOn', headers: ['finding_on', '认定日期'], codec: day },
  { field: 'evidenceDocNos', headers: ['evidence_doc_nos', '证据编号'], codec: list(DOC_NO) },
  { field: 'noticeDeliveredOn', headers: ['notice_delivered_on', '通知送达日期'], codec: day },
  { field: 'billNo', headers: ['bill_no', '账单编号'], codec: NUMBER },
  { field: 'abilityDocNo', headers: ['ability_doc_no', '有能力缴纳证据编号'], codec: DOC_NO },
  { field: 'noReasonDocNo', headers: ['no_reason_doc_no', '无正当理由证据编号'], codec: DOC_NO },
  {
    field: 'pastDeadlineDocNo',
    headers: ['past_deadline_doc_no', '超过期限证据编号'],
    codec: DOC_NO,
  },
] as const;
type ConductRow = RowOf<typeof COLUMNS>;

/** Coded facts and a reference; state and way follow from what the row proves. */
function stage(row: ConductRow): object {
  const indicator = indicatorByCode(row.indicatorCode);
  const { findingOn, noticeDeliveredOn } = row;
  return {
    recordNo: row.recordNo,
    sourceSubgraph: 'archive',
    sourceId: row.recordNo,
    reportedBy: indicator?.subgraph,
    way: indicator && wayOf(indicator),
    billNo: row.billNo,
    studentNo: row.studentNo,
    indicatorCode: row.indicatorCode,
    originGroup: indicator?.origin,
    sourceOffice: indicator?.ownerOffice,
    severity: row.severity,
    occurredOn: row.occurredOn,
    endedOn: row.endedOn,
    foundOn: findingOn,
    findingOn,
    findingDocNo: row.findingDocNo,
    findingBody: row.findingDocNo ? (row.findingBody ?? USUAL_BODY) : row.findingBody,
    noticeDeliveredOn,
    noticeDeliveredAt: noticeDeliveredOn && noticeInstant(noticeDeliveredOn),
    evidence: documentsOf(row),
  };
}

/** Student Affairs takes a finding into the archive (2.4). */
const ACCEPT = `
  update conduct_record c set state = 'ACTIVE', version = c.version + 1,
    notice_delivered_at =
      coalesce((r.value->>'noticeDeliveredAt')::timestamptz, c.notice_delivered_at),
    recorded_by = ?, recorded_at = ?::timestamptz, approved_by = ?, approved_at = ?::timestamptz
  from import_row r
  where r.batch_id = ?::uuid and r.value->>'way' = 'ACCEPT' and ${SAME_FINDING}
    and c.state = 'FOUND'
  returning c.student_no as "studentNo"`;

/** What is left are records of the archive's own that are new or proposed. */
const LEAVE_OUT = `
  delete from import_row r where r.batch_id = ?::uuid and (r.value->>'way' = 'ACCEPT'
    or exists (select from conduct_record c where c.source_subgraph = 'archive'
      and c.source_id = r.value->>'sourceId' and c.state <> 'PROPOSED'
      and c.state not in ${CLOSED_LIST}))`;

/** With finding, evidence and delivered notice a record counts, else it stays PROPOSED (F-13, INV-03). */
const IS_PROVEN = `v."findingDocNo" is not null and v."findingOn" is not null
  and v."noticeDeliveredAt" is not null and v.evidence <> '[]'`;

const RECORD: FactTable = {
  ...columnsOf(ConductRecord, BAD_FACTS, {
    sourceSubgraph: 'text',
    sourceId: 'text',
    noticeDeliveredAt: 'timestamptz',
    billNo: 'text',
  }),
  key: ['sourceSubgraph', 'sourceId'],
  among: `source_subgraph = 'archive' and state not in ${CLOSED_LIST}`,
  constants: {
    source_typename: "'ConductRecord'",
    source_version: '1',
    state: `case when ${IS_PROVEN} then 'ACTIVE' else 'PROPOSED' end`,
  },
  closed: `t.state in ${CLOSED_LIST}`,
  readFrom: { evidence: 'evidenceDocNos', noticeDeliveredAt: 'noticeDeliveredOn' },
  reports: { studentNo: 'c.student_no' },
};
const putOwn = factTable(RECORD);

async function applyRows(em: EntityManager, approval: Approval): Promise<Applied> {
  const { batchId, recordedBy, recordedAt, approvedBy, approvedAt } = approval;
  const by = [recordedBy, recordedAt, approvedBy, approvedAt];
  const accepted = await execute<ChangedRow>(em, ACCEPT, [...by, batchId]);
  await execute(em, LEAVE_OUT, [batchId]);
  const { count, rows } = await putOwn(em, approval);
  return { count: accepted.length + count, rows: [...accepted, ...rows] };
}

/**
 * `conduct-records`: bad records of Student Affairs' own, and findings of other offices that it
 * accepts. Source: G8.3, F-13, DOMAIN 2.3, 2.4.
 */
export const conductImport: ImportJob = {
  kind: importKind({ name: 'conduct-records', columns: COLUMNS, check: checkConduct }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['recordNo'],
  checks: [
    enrolled,
    notAfterToday('occurredOn'),
    notAfterToday('findingOn'),
    notAfterToday('noticeDeliveredOn'),
    officeReportedIt,
    studentWasNotified,
    ofTheSameStudent,
    notPast,
    notExcused,
    oneRecordOfABill,
    inOrder('occurredOn', 'endedOn'),
    inOrder('occurredOn', 'findingOn'),
  ],
  closed: ofSealedBill,
  stage,
  madeOf: {
    foundOn: ['findingOn'],
    noticeDeliveredAt: ['noticeDeliveredOn'],
    evidence: ['evidenceDocNos', 'billNo', 'abilityDocNo', 'noReasonDocNo', 'pastDeadlineDocNo'],
  },
  facts: RECORD,
  apply: applyRows,
};
