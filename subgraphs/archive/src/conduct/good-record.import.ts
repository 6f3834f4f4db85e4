import { columnsOf } from '@chengxin/kit/database/columns';
import { GoodRecord } from './good-record.entity.js';
import { choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob, type StagedCheck } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import type { Problem } from '@chengxin/kit/import/reason';
import { CONFIRMED_CODES, unfitGood } from './good-record.rules.js';
import { originOf } from '../rules/indicator.loader.js';
import { enrolled, notAfterToday } from '../student/student-checks.import.js';
import { GoodState } from '../rules/conduct-state.js';

/** Codes that Student Affairs confirms, as files write them. */
const INDICATOR = choice(CONFIRMED_CODES);

const COLUMNS = [
  {
    field: 'sourceId',
    headers: ['record_no', '记录编号'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  {
    field: 'indicatorCode',
    headers: ['indicator_code', '指标代码'],
    codec: INDICATOR,
    required: true,
  },
  {
    field: 'level',
    headers: ['level', '级别'],
    codec: choice({
      CLASS: ['班级'],
      COLLEGE: ['院级'],
      SCHOOL: ['校级'],
      PROVINCE: ['省级'],
      STATE: ['国家级'],
    }),
  },
  { field: 'occurredOn', headers: ['occurred_on', '发生日期'], codec: day, required: true },
  { field: 'endedOn', headers: ['ended_on', '结束日期'], codec: day },
  {
    field: 'evidenceDocNos',
    headers: ['evidence_doc_nos', '证明材料编号'],
    codec: list(text({ max: 60 })),
    required: true,
  },
] as const;
type GoodRow = RowOf<typeof COLUMNS>;

const checkGood = (row: GoodRow): Problem | undefined => unfitGood(row);

const stage = ({ evidenceDocNos, ...row }: GoodRow): object => ({
  ...row,
  sourceSubgraph: 'archive',
  originGroup: originOf(row.indicatorCode),
  evidence: evidenceDocNos.map((docNo) => ({ id: docNo, docNo })),
});

const OWN_RECORD = `g.source_subgraph = 'archive' and g.source_id = r.value->>'sourceId'`;

const ofTheSameStudent: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '该记录属于另一名学生', en: 'the record is of another student' },
  wrong: `exists (select from good_record g where ${OWN_RECORD}
    and g.student_no <> r.value->>'studentNo' and g.state <> '${GoodState.REVOKED}')`,
};

/** `good-records`: honest deeds, honours and model cases, as confirmed. Source: G8.3, DOMAIN 2.3. */
export const goodImport: ImportJob = {
  kind: importKind({ name: 'good-records', columns: COLUMNS, check: checkGood }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['sourceId'],
  checks: [enrolled, notAfterToday('occurredOn'), ofTheSameStudent],
  stage,
  ...intoTable({
    ...columnsOf(
      GoodRecord,
      ['studentNo', 'indicatorCode', 'originGroup', 'level', 'occurredOn', 'endedOn', 'evidence'],
      { sourceSubgraph: 'text', sourceId: 'text' },
    ),
    key: ['sourceSubgraph', 'sourceId'],
    among: `source_subgraph = 'archive' and state <> '${GoodState.REVOKED}'`,
    closed: `t.state = '${GoodState.REVOKED}'`,
    constants: {
      source_office: "'SAO'",
      source_typename: "'GoodRecord'",
      source_version: '1',
    },
    initial: { state: `'${GoodState.APPROVED}'` },
    readFrom: { evidence: 'evidenceDocNos' },
    reports: { studentNo: 'c.student_no' },
  }),
};
