/** One person for each role, and what his requests must name. */
import { digest } from '@chengxin/kit/call/crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { Answer, TestCollege } from './college.js';
import { put } from './put.js';

/** The student whom all of them select: of the counsellor's class, in every case. */
export const STUDENT = '2024010317';

/** What the employer was given; the archive holds its digest alone. */
const EMPLOYER_TOKEN = 'b6a1c2de-0f4e-4c55-9d0a-3f8e5a7c9b21';
const EMPLOYER = '91990000MA0000004L';
export const REPORT_CONSENT = 'CS-REPORT';

export const CALLERS: readonly (readonly [
  role: Role,
  person: string | null,
  headers: Record<string, string>,
])[] = [
  ['STU_SELF', STUDENT, {}],
  ['STU_OTHER', '2024010305', { 'x-role': 'STU_OTHER' }],
  ['COUNSELLOR', 'T0101', { 'x-purpose': 'ADMIN_REVIEW' }],
  ['COLLEGE_ADMIN', 'T0110', { 'x-purpose': 'ADMIN_REVIEW' }],
  ['SCHOOL_ADMIN', 'T0001', { 'x-purpose': 'ADMIN_REVIEW' }],
  ['LEADING_GROUP', 'T0902', {}],
  ['AUDITOR', 'T0901', { 'x-reference': 'AU-1' }],
  ['SYS_OPERATOR', 'T0903', {}],
  ['APPEAL_COMMITTEE', 'T0811', { 'x-case': 'EC-APPEAL' }],
  ['STAFF_SELF', 'T0110', { 'x-role': 'STAFF_SELF' }],
  ['AAO_CLERK', 'T0301', {}],
  ['AAO_REVIEWER', 'T0302', {}],
  ['FIN_CLERK', 'T0401', {}],
  ['FIN_REVIEWER', 'T0402', {}],
  ['SEC_CLERK', 'T0501', {}],
  ['SEC_REVIEWER', 'T0502', {}],
  ['CYL_CLERK', 'T0601', {}],
  ['CYL_REVIEWER', 'T0602', {}],
  ['HRO_STAFF', 'T1001', {}],
  ['RDO_STAFF', 'T1101', {}],
  ['DIS_OFFICER', 'T0801', {}],
  ['AEO_STAFF', 'T1201', {}],
  ['EV_AWARD', 'T0701', { 'x-case': 'EC-AWARD' }],
  ['EV_PARTY', 'T0702', { 'x-case': 'EC-PARTY' }],
  ['EV_AID', 'T0703', { 'x-case': 'EC-AID' }],
  ['EV_EMPLOY', 'T0704', { 'x-case': 'EC-EMPLOY' }],
  ['REPORT_SVC', 'report-svc', {}],
  ['TPC_INST', 'bank-b-01', {}],
  ['PROV_CONN', 'province-conn', {}],
  ['EMPLOYER_TOKEN', null, { 'x-report-token': EMPLOYER_TOKEN }],
  ['PUBLIC', null, {}],
];

const CASES: readonly (readonly [name: string, purpose: string, evaluator: string])[] = [
  ['AWARD', '评优', 'T0701'],
  ['PARTY', '入党', 'T0702'],
  ['AID', '资助', 'T0703'],
  ['EMPLOY', '就业推荐', 'T0704'],
  ['APPEAL', '申诉', 'T0811'],
];

/** A whole report of the student for one employer, to be opened as often as any test needs. */
async function releaseReport(college: TestCollege): Promise<void> {
  await college.bring('archive', 'consents', [
    {
      授权编号: REPORT_CONSENT,
      学号: STUDENT,
      授权用途: '用人单位报告',
      信息类别:
        'IDENTITY;SELF_ENTRIES;ACADEMIC_SUMMARY;GRADES;GOOD_CONDUCT;BAD_CONDUCT;CREDIT_GRADE',
      接收方: '示范企业',
      接收方统一社会信用代码: EMPLOYER,
      告知书版本: 'N-2026.1',
      授权时间: '2026-04-10 09:00:00',
      到期时间: '2026-05-10 09:00:00',
      撤回时间: '',
    },
  ]);
  await put(college, 'archive', 'report_token', {
    token_hash: digest(EMPLOYER_TOKEN),
    student_no: STUDENT,
    consent_id: REPORT_CONSENT,
    recipient_uscc: EMPLOYER,
    report_template: 'FULL',
    max_views: 100_000,
    issued_at: '2026-04-10T01:00:00Z',
    expires_at: '2026-05-10T01:00:00Z',
    watermark: 'E-2026-REPORT',
    state: 'ISSUED',
  });
}

/**
 * The cases, the audit and the report that the callers name: open from 10 to 24 April 2026, and all
 * that month.
 */
export async function bringReferences(college: TestCollege): Promise<void> {
  await college.bring(
    'archive',
    'cases',
    CASES.map(([name, purpose, evaluator]) => ({
      评审编号: `EC-${name}`,
      用途: purpose,
      名称: name,
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: evaluator,
    })),
  );
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await releaseReport(college);
}

/** Request as the person of a role, with what his requests must name. */
export function requestAs(college: TestCollege, role: Role, query: string): Promise<Answer> {
  const [, person, headers] = CALLERS.find(([name]) => name === role) ?? [];
  if (person === undefined) throw new Error(`Nobody has the role ${role}.`);
  return college.request(person, query, { headers: headers ?? {} });
}
