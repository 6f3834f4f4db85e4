/** What must hold between a staged law violation and what the office knows already. */
import { dayIn } from '@chengxin/kit/database/day';
import type { StagedCheck } from '@chengxin/kit/import/job';

export const knownIndicator: StagedCheck = {
  column: 'indicatorCode',
  reason: { zh: '不是保卫处的指标', en: 'is not an indicator of this office' },
  wrong: `not exists (select from indicator_severity i
    where i.indicator_code = r.value->>'indicatorCode')`,
};

/** INV-04. */
export const severityInRange: StagedCheck = {
  column: 'severity',
  reason: { zh: '超出该指标的严重程度范围', en: 'is outside the range of the indicator' },
  wrong: `not exists (select from indicator_severity i
    where i.indicator_code = r.value->>'indicatorCode' and i.severity = r.value->>'severity')`,
};

export const notInFuture: StagedCheck = {
  column: 'actOn',
  reason: { zh: '日期晚于今天', en: 'a day of this row is after today' },
  wrong: `greatest(r.value->>'actOn', r.value->>'foundOn', r.value->>'notifiedOn')::date
    > ${dayIn('importer.at')}`,
};

/** States that the office does not see (FG14); what is sealed nobody sees (T-03). */
export const CLOSED = `('DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED')`;

export const ofOneStudent: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '该案件属于另一名学生', en: 'the case is of another student' },
  wrong: `exists (select from law_violation v where v.case_no = r.value->>'caseNo'
    and v.student_no <> r.value->>'studentNo' and v.state not in ${CLOSED})`,
};

const INCOMPLETE = `(r.value->>'docNo' is null or r.value->>'foundOn' is null
  or r.value->>'notifiedOn' is null)`;
const DIFFERS = `(v.act_on::text, v.category, v.authority, v.doc_no, v.legal_basis,
    v.indicator_code, v.severity, v.found_on::text, v.notified_on::text)
  is distinct from (r.value->>'actOn', r.value->>'category', r.value->>'authority',
    r.value->>'docNo', r.value->>'legalBasis', r.value->>'indicatorCode', r.value->>'severity',
    r.value->>'foundOn', r.value->>'notifiedOn')`;

/** A finding is not taken back by a file, and what came after it is not rewritten (2.4). */
export const changeable: StagedCheck = {
  column: 'caseNo',
  reason: {
    zh: '案件已进入后续程序，不能以导入更改',
    en: 'the case has moved on and is not changed by an import',
  },
  wrong: `exists (select from law_violation v where v.case_no = r.value->>'caseNo' and (
    (v.state = 'FOUND' and ${INCOMPLETE})
    or (v.state not in ('PROPOSED', 'FOUND') and v.state not in ${CLOSED} and ${DIFFERS})))`,
};
