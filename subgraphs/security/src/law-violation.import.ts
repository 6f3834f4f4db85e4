import { columnsOf } from '@chengxin/kit/database/columns';
import { LawViolation } from './law-violation.entity.js';
import { lockStaged } from '@chengxin/kit/database/lock-rows';
import { execute } from '@chengxin/kit/database/orm';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { factTable, type FactTable } from '@chengxin/kit/import/fact-table';
import { inOrder, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { refuse, type Problem } from '@chengxin/kit/import/reason';
import { FOUND_EVENT } from './finding.publish.js';
import {
  changeable,
  CLOSED,
  knownIndicator,
  notInFuture,
  ofOneStudent,
  severityInRange,
} from './law-violation-checks.import.js';
import { ofAge } from './law-violation.of-age.js';

/** INV-03: a finding has its document, its day and a delivered notice; else the row is proposed. */
const STATE = `case when v."docNo" is not null and v."foundOn" is not null
  and v."notifiedOn" is not null then 'FOUND' else 'PROPOSED' end`;

/** Cases whose state has moved on keep what they have; of a closed one the number may stand again. */
const LEAVE_OUT = `
  delete from import_row r using law_violation v
  where r.batch_id = ?::uuid and v.case_no = r.value->>'caseNo'
    and v.state not in ('PROPOSED', 'FOUND') and v.state not in ${CLOSED}`;

const CASE: FactTable = {
  ...columnsOf(LawViolation, [
    'caseNo',
    'studentNo',
    'actOn',
    'category',
    'authority',
    'docNo',
    'legalBasis',
    'indicatorCode',
    'severity',
    'foundOn',
    'notifiedOn',
    'ofAgeOn',
  ]),
  key: ['caseNo'],
  among: `state not in ${CLOSED}`,
  constants: { state: STATE },
  closed: `t.state in ${CLOSED}`,
  // No column of a file.
  unlike: ['ofAgeOn'],
  hasEvidence: true,
  event: FOUND_EVENT,
};
const applyRows = factTable(CASE);

interface Days {
  readonly actOn: string;
  readonly notifiedOn: string | null;
  readonly foundOn: string | null;
}

/** The act, then the delivered notice, then the finding (L-07, F-01). */
function daysInOrder({ actOn, notifiedOn, foundOn }: Days): Problem | undefined {
  if (notifiedOn && notifiedOn < actOn)
    return { column: 'notifiedOn', ...refuse('早于行为日期', 'is before the act') };
  if (foundOn && foundOn < (notifiedOn ?? actOn))
    return { column: 'foundOn', ...refuse('须先告知后认定', 'is before the act or the notice') };
  return undefined;
}

const category = choice({
  ADMIN_PENALTY: ['行政处罚'],
  CRIMINAL_JUDGMENT: ['刑事判决'],
  SCHOOL_FINDING: ['校内认定', '学校认定'],
});
const severity = choice({ S1: ['轻微'], S2: ['一般'], S3: ['严重'], S4: ['特别严重'] });

const kind = importKind({
  name: 'lawViolations',
  columns: [
    {
      field: 'caseNo',
      headers: ['case_no', '案件编号'],
      codec: code(/^[\w-]{1,40}$/),
      required: true,
    },
    { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
    { field: 'actOn', headers: ['act_on', '行为日期'], codec: day, required: true },
    {
      field: 'category',
      headers: ['category', '类别'],
      codec: category,
      required: true,
    },
    {
      field: 'authority',
      headers: ['authority', '处理机关'],
      codec: text({ max: 100 }),
      required: true,
    },
    { field: 'docNo', headers: ['doc_no', '文书编号'], codec: text({ max: 100 }) },
    {
      field: 'legalBasis',
      headers: ['legal_basis', '法律依据'],
      codec: text({ max: 200 }),
      required: true,
    },
    {
      field: 'indicatorCode',
      headers: ['indicator_code', '指标代码'],
      codec: code(/^D\d-\d{2}$/),
      required: true,
    },
    {
      field: 'severity',
      headers: ['severity', '严重程度'],
      codec: severity,
      required: true,
    },
    { field: 'foundOn', headers: ['found_on', '认定日期'], codec: day },
    { field: 'notifiedOn', headers: ['notified_on', '告知日期'], codec: day },
  ],
  check: daysInOrder,
});

/** `lawViolations`: the list of G6.1, as the office lawfully holds it. Source: G6.1, T-03. */
export const lawViolationImport: ImportJob = {
  kind,
  action: 'security.import',
  approval: 'security.approveImport',
  key: ['caseNo'],
  checks: [
    knownStudent,
    knownIndicator,
    severityInRange,
    notInFuture,
    ofOneStudent,
    changeable,
    inOrder('actOn', 'notifiedOn'),
    inOrder('notifiedOn', 'foundOn'),
    inOrder('actOn', 'foundOn'),
  ],
  facts: CASE,
  confirmation: ofAge,
  lock: lockStaged({ table: 'law_violation', key: 'case_no' }, 'caseNo'),
  async apply(em, approval) {
    await execute(em, LEAVE_OUT, [approval.batchId]);
    return applyRows(em, approval);
  },
};
