import { dayOf } from '@chengxin/kit/clock';
import { columnsOf } from '@chengxin/kit/database/columns';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Applied, Approval, ChangedRow } from '@chengxin/kit/import/approval';
import { choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import type { FactTable } from '@chengxin/kit/import/fact-table';
import { valuesOf, type ImportJob } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import type { Problem } from '@chengxin/kit/import/reason';
import { enrolled, notAfterToday } from '../student/student-checks.import.js';
import { DOC_NO, ENTRY_CODECS } from './entry-codecs.js';
import { reviewDueOn } from './review-due.js';
import { SelfEntry, SelfEntryState, type SelfEntryKind } from './self-entry.entity.js';
import { checkEntry, detailOf } from './self-entry.rules.js';

const KIND = choice({
  BASIC: ['基本信息'],
  EDUCATION: ['教育经历'],
  TRAINING: ['培训经历'],
  PROJECT: ['项目经历'],
  POST: ['任职经历'],
  INTERNSHIP: ['实习经历'],
  WORKSTUDY: ['勤工助学'],
  EMPLOYMENT: ['就业经历'],
  CERTIFICATE: ['资格证书'],
  EXCHANGE: ['交流访学'],
});
/** What a file may report of a review; drafts, claims and withdrawals are steps of people. */
const STATE = choice({
  APPROVED: ['已通过'],
  SUBMITTED: ['待审核', '已提交'],
  RETURNED: ['已退回'],
  REJECTED: ['不通过', '已驳回'],
});
const CODECS = ENTRY_CODECS;

const COLUMNS = [
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  { field: 'kind', headers: ['kind', '条目类别'], codec: KIND, required: true },
  { field: 'title', headers: ['title', '标题'], codec: CODECS.title, required: true },
  { field: 'organisation', headers: ['organisation', '单位'], codec: CODECS.organisation },
  { field: 'role', headers: ['role', '角色或职务'], codec: CODECS.role },
  { field: 'startOn', headers: ['start_on', '开始日期'], codec: day, required: true },
  { field: 'endOn', headers: ['end_on', '结束日期'], codec: day },
  { field: 'phone', headers: ['phone', '手机号', '手机号码'], codec: CODECS.phone },
  { field: 'email', headers: ['email', '电子邮箱', '邮箱'], codec: CODECS.email },
  { field: 'address', headers: ['address', '联系地址'], codec: CODECS.address },
  {
    field: 'emergencyContact',
    headers: ['emergency_contact', '紧急联系人'],
    codec: CODECS.emergencyContact,
  },
  { field: 'hobbies', headers: ['hobbies', '兴趣爱好'], codec: CODECS.hobbies },
  { field: 'level', headers: ['level', '层次或级别'], codec: CODECS.level },
  { field: 'certificateNo', headers: ['certificate_no', '证书编号'], codec: CODECS.certificateNo },
  { field: 'hours', headers: ['hours', '时长'], codec: CODECS.hours },
  { field: 'result', headers: ['result', '成果'], codec: CODECS.result },
  { field: 'advisor', headers: ['advisor', '指导教师'], codec: CODECS.advisor },
  { field: 'uscc', headers: ['uscc', '统一社会信用代码'], codec: CODECS.uscc },
  { field: 'supervisor', headers: ['supervisor', '实习指导人'], codec: CODECS.supervisor },
  { field: 'appraisal', headers: ['appraisal', '鉴定意见'], codec: CODECS.appraisal },
  { field: 'contractKind', headers: ['contract_kind', '合同类型'], codec: CODECS.contractKind },
  { field: 'verifyUrl', headers: ['verify_url', '验证网址'], codec: CODECS.verifyUrl },
  { field: 'country', headers: ['country', '国家代码'], codec: CODECS.country },
  { field: 'exchangeKind', headers: ['exchange_kind', '交流类型'], codec: CODECS.exchangeKind },
  { field: 'proofs', headers: ['proofs', '证明材料编号'], codec: list(DOC_NO) },
  { field: 'state', headers: ['state', '审核状态'], codec: STATE },
  { field: 'reviewComment', headers: ['review_comment', '审核意见'], codec: text({ max: 400 }) },
  { field: 'reviewer', headers: ['reviewer', '审核人工号'], codec: code(/^[\w-]{1,40}$/) },
] as const;
type EntryRow = RowOf<typeof COLUMNS>;

function checkRow(row: EntryRow): Problem | undefined {
  if ((row.state === 'RETURNED' || row.state === 'REJECTED') && !row.reviewComment)
    return {
      column: 'reviewComment',
      reason: {
        zh: '退回或不通过须写明原因',
        en: 'is needed for what is sent back or turned down',
      },
    };
  return checkEntry(row.kind as SelfEntryKind, row, row.proofs ?? []);
}

/** What stands in the table: the detail of the kind instead of its columns. */
const stage = (row: EntryRow): object => ({
  studentNo: row.studentNo,
  kind: row.kind,
  title: row.title,
  organisation: row.organisation,
  role: row.role,
  startOn: row.startOn,
  endOn: row.endOn,
  detail: detailOf(row.kind as SelfEntryKind, row),
  proofs: (row.proofs ?? []).map((docNo) => ({ id: docNo, docNo })),
  state: row.state ?? SelfEntryState.APPROVED,
  reviewComment: row.reviewComment,
  reviewer: row.reviewer,
});

const ROW = `jsonb_to_record(r.value) as v("studentNo" text, kind text, title text,
  organisation text, role text, "startOn" date, "endOn" date, detail jsonb, proofs jsonb,
  state text, "reviewComment" text, reviewer text)`;

/** Rows that say the same: the one that readers see or that is worked on, then the latest. */
const LATEST_FIRST = `(state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'APPROVED')) desc,
  recorded_at desc, edition desc`;

/**
 * Each change is the next edition; it may have another title than those before. An approved one is
 * not put back by a file that says the same of it as something that waits.
 */
const NEXT_EDITIONS = `
  insert into self_entry (entry_id, edition, student_no, kind, title, organisation, role, start_on,
    end_on, detail, proofs, state, review_comment, reviewer, submitted_at, due_on, evidence,
    recorded_by, recorded_at, approved_by, approved_at)
  select coalesce(l.entry_id, gen_random_uuid()),
    case when l.entry_id is null then 1 else
      (select max(e.edition) from self_entry e where e.entry_id = l.entry_id)
      + row_number() over (partition by l.entry_id order by v.title, v."startOn") end,
    v."studentNo", v.kind,
    v.title, v.organisation, v.role, v."startOn", v."endOn", v.detail, v.proofs, v.state,
    v."reviewComment", v.reviewer, case when v.state = 'SUBMITTED' then ?::timestamptz end,
    case when v.state = 'SUBMITTED' then ?::date end, ?::jsonb, ?, ?::timestamptz, ?, ?::timestamptz
  from import_row r cross join lateral ${ROW}
  left join lateral (
    select * from self_entry e where e.student_no = v."studentNo" and e.kind = v.kind
      and e.title = v.title and e.start_on = v."startOn"
    order by ${LATEST_FIRST} limit 1
  ) l on true
  where r.batch_id = ?::uuid and (l.id is null
    or (l.organisation, l.role, l.end_on, l.detail, l.proofs)
      is distinct from (v.organisation, v.role, v."endOn", v.detail, v.proofs)
    or (l.state <> 'APPROVED' and (l.state, l.review_comment, l.reviewer)
      is distinct from (v.state, v."reviewComment", v.reviewer)))
  returning student_no as "studentNo"`;

/** The latest edition of each entry: what a file leaves open is what it says. */
const LATEST: FactTable = {
  ...columnsOf(SelfEntry, [
    'studentNo',
    'kind',
    'title',
    'startOn',
    'organisation',
    'role',
    'endOn',
    'detail',
    'proofs',
    'state',
    'reviewComment',
    'reviewer',
  ]),
  source: `(select distinct on (student_no, kind, title, start_on) * from self_entry
    order by student_no, kind, title, start_on, ${LATEST_FIRST})`,
  key: ['studentNo', 'kind', 'title', 'startOn'],
  merged: ['detail'],
};

/** That one edition is approved and one waits is checked again once both are overtaken. */
const MEANWHILE = 'set constraints self_entry_one_approved, self_entry_one_waiting deferred';
const CHECKED_AGAIN = 'set constraints self_entry_one_approved, self_entry_one_waiting immediate';

/** What waited, and what was approved when the new edition is, has been overtaken (2.4). */
const SUPERSEDE = `
  update self_entry e set state = 'SUPERSEDED', version = e.version + 1 from self_entry n
  where n.entry_id = e.entry_id and n.edition > e.edition
    and (e.state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED')
      or (e.state = 'APPROVED' and n.state = 'APPROVED'))
    and e.student_no = any(?::text[])`;

async function applyRows(em: EntityManager, approval: Approval): Promise<Applied> {
  const { batchId, basisDocNo, recordedBy, recordedAt, approvedBy, approvedAt } = approval;
  const evidence = [{ id: batchId, docNo: basisDocNo ?? `IMPORT-${batchId}` }];
  const by = [recordedBy, recordedAt, approvedBy, approvedAt];
  await execute(em, MEANWHILE, []);
  const rows = await execute<ChangedRow>(em, NEXT_EDITIONS, [
    approvedAt,
    await reviewDueOn(em, dayOf(approvedAt)),
    JSON.stringify(evidence),
    ...by,
    batchId,
  ]);
  await execute(em, SUPERSEDE, [valuesOf(rows, 'studentNo')]);
  await execute(em, CHECKED_AGAIN, []);
  return { count: rows.length, rows };
}

/** `self-entries`: what students said of themselves before, as reviewed. Source: G8.2, 2.5. */
export const selfEntryImport: ImportJob = {
  kind: importKind({ name: 'self-entries', columns: COLUMNS, check: checkRow }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['studentNo', 'kind', 'title', 'startOn'],
  checks: [enrolled, notAfterToday('startOn')],
  stage,
  facts: LATEST,
  apply: applyRows,
};
