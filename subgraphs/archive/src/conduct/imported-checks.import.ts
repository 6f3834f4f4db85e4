/** What must hold between a staged bad record and what the archive knows already. */
import type { StagedCheck } from '@chengxin/kit/import/job';
import { excusedIn } from '../loan/excused.loader.js';
import { listed } from '../row-groups/row-groups.js';
import { CLOSED_STATES } from '../rules/conduct-state.js';

/** The finding that a row names: published by its office, of the same student, act and document. */
export const SAME_FINDING = `c.source_subgraph = r.value->>'reportedBy'
  and c.student_no = r.value->>'studentNo' and c.indicator_code = r.value->>'indicatorCode'
  and c.severity = r.value->>'severity' and c.occurred_on = (r.value->>'occurredOn')::date
  and c.finding_doc_no = r.value->>'findingDocNo'`;

/** States of which nobody speaks to who imports (FG14, L-13): SQL. */
export const CLOSED_LIST = `(${listed(CLOSED_STATES)})`;
const CLOSED = `c.state in ${CLOSED_LIST}`;

/** A row that accepts names a finding that waits; or one that was accepted before. */
export const officeReportedIt: StagedCheck = {
  column: 'findingDocNo',
  reason: { zh: '该部门未报送此认定', en: 'the office has not reported this finding' },
  wrong: `r.value->>'way' = 'ACCEPT' and not exists (
    select from conduct_record c where ${SAME_FINDING} and c.state in ('FOUND', 'ACTIVE'))`,
};

/** INV-03: either the row or the office says when the student was notified. */
export const studentWasNotified: StagedCheck = {
  column: 'noticeDeliveredOn',
  reason: { zh: '须有通知送达日期', en: 'is needed: the office has not reported a notice' },
  wrong: `r.value->>'way' = 'ACCEPT' and r.value->>'noticeDeliveredOn' is null and exists (
    select from conduct_record c where ${SAME_FINDING} and not ${CLOSED}
    and c.notice_delivered_at is null)`,
};

const OWN_RECORD = `c.source_subgraph = 'archive' and c.source_id = r.value->>'sourceId'`;

/** A row about the bill of what is sealed is like a new one to whoever imports it. */
export const ofSealedBill = `exists (select from conduct_record c where c.state = 'SEALED'
  and r.value->>'way' = 'MALICE' and c.indicator_code = 'D2-01' and c.bill_no = r.value->>'billNo')`;

export const ofTheSameStudent: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '该记录属于另一名学生', en: 'the record is of another student' },
  wrong: `exists (select from conduct_record c where ${OWN_RECORD}
    and c.student_no <> r.value->>'studentNo' and not ${CLOSED})`,
};

/** What counts is corrected by an appeal and by no file (2.4). */
export const notPast: StagedCheck = {
  column: 'recordNo',
  reason: {
    zh: '该记录已生效，不得由导入更改',
    en: 'counts already and is not changed by a file',
  },
  wrong: `exists (select from conduct_record c where ${OWN_RECORD} and c.state <> 'PROPOSED' and not ${CLOSED}
    and (c.indicator_code, c.severity, c.occurred_on, c.ended_on, c.finding_doc_no, c.finding_on,
      c.notice_delivered_at, c.evidence)
    is distinct from (r.value->>'indicatorCode', r.value->>'severity',
      (r.value->>'occurredOn')::date, (r.value->>'endedOn')::date, r.value->>'findingDocNo',
      (r.value->>'findingOn')::date, (r.value->>'noticeDeliveredAt')::timestamptz,
      r.value->'evidence'))`,
};

const ACADEMIC_YEAR = `(select y || '-' || y + 1 from (select extract(year from
  (r.value->>'occurredOn')::date - interval '8 months')::int as y) first)`;

/** T-01: neither a pending loan nor hardship status in the year goes with malice. */
export const notExcused: StagedCheck = {
  column: 'billNo',
  reason: { zh: '该欠费有正当理由，不得认定恶意', en: 'is excused and not found malicious (T-01)' },
  wrong: `r.value->>'way' = 'MALICE' and ${excusedIn("r.value->>'studentNo'", ACADEMIC_YEAR)}`,
};

/** One bill is found malicious once. */
export const oneRecordOfABill: StagedCheck = {
  column: 'billNo',
  reason: { zh: '该账单已有恶意欠费记录', en: 'there is a record of this bill already' },
  wrong: `r.value->>'way' = 'MALICE' and (
    exists (select from conduct_record c where c.indicator_code = 'D2-01'
      and not (${OWN_RECORD}) and c.state not in ('DISMISSED', 'REVOKED', 'SEALED')
      and c.bill_no = r.value->>'billNo')
    or exists (select from import_row o where o.batch_id = r.batch_id and o.line < r.line
      and o.value->>'billNo' = r.value->>'billNo'))`,
};
