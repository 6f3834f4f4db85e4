/** Whether a role may ever read a canary of a student, by the reviewed tables and who is who here. */
import { CALLERS, REPORT_CONSENT, STUDENT } from '../support/callers.js';
import { BANK } from '../support/student-facts.js';
import type { Canary, Place } from './canaries.js';
import { cellOf, groupNames, groupsOf, shownTo } from './reviewed.js';
import { inMatters } from './student-life.js';

/** Of the class of the first student, and in no case; of another class and another college. */
export const CLASSMATE = '2024010305';
export const STRANGER = '2025020415';
export const STUDENTS = [STUDENT, CLASSMATE, STRANGER];
const IN_MATTERS = inMatters(STUDENTS);

/** Whom each role reaches (DOMAIN 3.1 (3)); a role that is not named reaches nobody. */
const REACHES: Readonly<Record<string, readonly string[]>> = {
  STU_SELF: [STUDENT],
  COUNSELLOR: [STUDENT, CLASSMATE],
  COLLEGE_ADMIN: [STUDENT, CLASSMATE],
  SCHOOL_ADMIN: STUDENTS,
  AUDITOR: STUDENTS,
  APPEAL_COMMITTEE: [STUDENT],
  AAO_CLERK: STUDENTS,
  AAO_REVIEWER: STUDENTS,
  FIN_CLERK: STUDENTS,
  FIN_REVIEWER: STUDENTS,
  SEC_CLERK: STUDENTS,
  SEC_REVIEWER: STUDENTS,
  CYL_CLERK: STUDENTS,
  CYL_REVIEWER: STUDENTS,
  EV_AWARD: [STUDENT],
  EV_PARTY: [STUDENT],
  EV_AID: [STUDENT],
  EV_EMPLOY: [STUDENT],
  // Whoever stands in a matter of theirs (notes 8, 10, 12).
  RDO_STAFF: IN_MATTERS,
  AEO_STAFF: IN_MATTERS,
  DIS_OFFICER: IN_MATTERS,
  PROV_CONN: IN_MATTERS,
  EMPLOYER_TOKEN: [STUDENT],
};

/** Aid round, appeal or repair, and a consent that names the school: none of them exists here. */
const UNMET_NOTES = ['9', '13', '33'];

/** The provider who calls; it reaches rows under consents of its own and no student (note 6). */
const PROVIDER = 'TPC_INST';
const OWN_TABLES = [
  'card_overdraft',
  'consent',
  'loan_record',
  'appeal',
  'provider_malice_finding',
];
const PROVIDER_COLUMNS = ['provider', 'recipient_uscc', 'bank_uscc', 'target_provider'];
const WITHHELD_FROM_PROVIDER = ['studentNo'];

const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, c: string) => c.toUpperCase());
const typeOf = (table: string): string => {
  const name = camel(table);
  return name.slice(0, 1).toUpperCase() + name.slice(1);
};

/** The report that the employer's token opens: template FULL of DOMAIN 3.6 (note 7), and its frame. */
const EMPLOYER = 'EMPLOYER_TOKEN';
const IN_REPORT =
  'IDENTITY SELF_ENTRIES GRADES ACADEMIC_SUMMARY GRADUATION_REMARK GOOD_CONDUCT CREDIT_GRADE CREDIT_SCORE COMMITMENTS ACADEMIC_MISCONDUCT BAD_CONDUCT STATISTICS RULES MODEL_CASES'.split(
    ' ',
  );
const FRAME = 'EmployerReport';

/** Fields that show a column under another name, or another column's beside its own. */
const SHOWN_AS: Readonly<Record<string, readonly string[]>> = {
  'agreement.guardian_name': ['GuardianConsent.name'],
  'agreement.guardian_relation': ['GuardianConsent.relation'],
  'agreement.guardian_form': ['GuardianConsent.form'],
  'agreement.guardian_at': ['GuardianConsent.at'],
  'appeal.id': ['Appeal.appealId'],
  'appeal.target_id': ['Appeal.targetRef'],
  'archive.verification_due_on': ['Verification.dueOn'],
  'archive.confirmed_at': ['Verification.confirmedAt'],
  'graduation_remark.signed_by_sao': ['GraduationRemark.signedBySAO'],
  'key_attention.from_day': ['KeyAttention.from'],
  'key_attention.until_day': ['KeyAttention.until'],
  'measure.from_day': ['Measure.effectiveFrom'],
  'notice.subject_id': ['Notice.subjectRef'],
  'repair_application.gpa_delta': ['RepairPerformance.gpaDelta'],
  'repair_application.volunteer_hours': ['RepairPerformance.volunteerHours'],
  'repair_application.no_new_bad_since': ['RepairPerformance.noNewBadSince'],
  'report_token.watermark': [`${FRAME}.watermark`],
  'report_token.issued_at': [`${FRAME}.issuedOn`],
  'report_token.expires_at': [`${FRAME}.validUntil`],
  'sanction.id': ['Sanction.sanctionId'],
  'sanction.notified_on': ['Hearing.notifiedOn'],
  'sanction.statement_on': ['Hearing.statementOn'],
  'steward_assignment.from_day': ['StewardAssignment.from'],
  'steward_assignment.to_day': ['StewardAssignment.to'],
  'warning.trigger_rule': ['WarningTrigger.rule'],
  'warning.trigger_values': ['WarningTrigger.values'],
  'warning.handler_no': ['Warning.handler'],
  'bill.id': ['Arrears.id'],
  'bill.bill_no': ['Arrears.billNo'],
  'bill.amount_fen': ['Arrears.outstandingFen'],
  'bill.recorded_by': ['Arrears.recordedBy'],
  'bill.recorded_at': ['Arrears.recordedAt'],
  'bill.approved_by': ['Arrears.approvedBy'],
  'bill.approved_at': ['Arrears.approvedAt'],
  'bill.evidence': ['Arrears.evidence'],
  'cadre_post.from_on': ['CadrePost.from'],
  'cadre_post.to_on': ['CadrePost.to'],
  'conduct_record.finding_body': ['Finding.body'],
  'conduct_record.finding_doc_no': ['Finding.docNo'],
  'conduct_record.finding_on': ['Finding.date'],
  'conduct_record.id': ['ConductRecord.recordId', 'LedgerLine.recordId'],
  'consent.recipient_name': ['Recipient.name'],
  'course_grade.score_raw': ['CourseGrade.score'],
  'credit_report.id': ['CreditReport.reportId'],
  'credit_report.issued_at': ['CreditReport.issuedOn'],
  'exam_violation.decided_on': ['ExamViolation.decision'],
  'exam_violation.decision_doc_no': ['ExamViolation.decision'],
  'material.id': [],
  'misconduct_case.decided_on': ['MisconductCase.decision'],
  'misconduct_case.decision_doc_no': ['MisconductCase.decision'],
  'phone_bill.msisdn_tail4': ['PhoneBill.msisdnTail4'],
  'card_overdraft.card_tail4': ['CardOverdraft.cardTail4'],
  'research_activity_record.happened_on': ['ResearchActivityRecord.date'],
};

function fieldsOf({ table, column }: Place): [type: string, field: string][] {
  const named = [`${typeOf(table)}.${camel(column)}`, ...(SHOWN_AS[`${table}.${column}`] ?? [])];
  return named.map((name) => name.split('.') as [string, string]);
}

const PENDING = ['PROPOSED', 'NOTIFIED', 'REPORTED', 'PRELIMINARY', 'FORMAL'];
const CLOSED = ['DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'NOT_FOUND'];
const CONDUCT = ['conduct_record', 'exam_violation', 'misconduct_case', 'law_violation'];
const BEFORE_DECISION = ['DRAFT', 'NOTICE_GIVEN', 'HEARD'];

/** Groups that a row says of itself: those of its target, its subject, its trigger (3.2). */
const SAID = ['target_groups', 'subject_groups', 'trigger_groups'];
const saidBy = (row: Place['row']): string[] =>
  SAID.flatMap((column) => (row[column] as string[] | undefined) ?? []);

/** Groups of rows that are no conduct, by their state and kind (3.2). */
const GROUPS_OF_ROWS: Readonly<Record<string, (row: Place['row']) => string[]>> = {
  self_entry: ({ state, kind }) => [
    ...(state === 'APPROVED' ? [] : ['SELF_ENTRY_DRAFTS']),
    ...(kind === 'BASIC' ? ['SENSITIVE_IDENTITY'] : []),
    ...(kind === 'WORKSTUDY' ? ['LOANS_AND_AID'] : []),
  ],
  commitment: ({ matter }) => (matter === 'AID' ? ['LOANS_AND_AID'] : []),
  sanction: ({ state }) => (BEFORE_DECISION.includes(String(state)) ? ['PENDING_CONDUCT'] : []),
  key_attention: ({ state }) => (state === 'PROPOSED' ? ['PENDING_CONDUCT'] : []),
  good_record: ({ state }) => (state === 'PROPOSED' ? ['PENDING_CONDUCT'] : []),
};

/** Groups that the row takes beside those of its fields: by its state, and by its origin (3.2, 2.3). */
function groupsOfRow({ table, column, row }: Place): string[] {
  if (!CONDUCT.includes(table)) return [...(GROUPS_OF_ROWS[table]?.(row) ?? []), ...saidBy(row)];
  const state = String(row['state'] ?? row['stage']);
  const ofState = PENDING.includes(state)
    ? ['PENDING_CONDUCT']
    : CLOSED.includes(state)
      ? ['CLOSED_CONDUCT']
      : [];
  const origin = typeof row['origin_group'] === 'string' ? row['origin_group'] : '';
  const isFinding = ['finding_body', 'finding_doc_no', 'legal_basis', 'evidence'].includes(column);
  const isWhole = !['', 'BAD_CONDUCT', 'LAW_VIOLATIONS'].includes(origin);
  return [...ofState, ...(isWhole || (origin === 'LAW_VIOLATIONS' && isFinding) ? [origin] : [])];
}

const isSealed = ({ table, row }: Place): boolean =>
  CONDUCT.includes(table) && row['state'] === 'SEALED';

const isOpenTo = (role: string, group: string): boolean => {
  const { effect, note } = cellOf(role, group);
  if (role === EMPLOYER && groupNames.includes(group) && !IN_REPORT.includes(group)) return false;
  return (effect === 'A' || effect === 'M') && !UNMET_NOTES.includes(note);
};

/** Of the student's consents the employer is shown his own, and the token under it (note 7). */
const OF_THE_TOKEN = [FRAME, 'Consent', 'Recipient', 'ReportToken'];
const TOKEN_ENTRANCES = ['Query.employerReport', 'Student.consents', 'Student.reportTokens'];
const isOfToken = (type: string, field: string): boolean =>
  OF_THE_TOKEN.includes(type) || TOKEN_ENTRANCES.includes(`${type}.${field}`);

/** The connector names a student by the number in its submission; it is the key of the type. */
const isKeyOfSubmission = (role: string, type: string, field: string): boolean =>
  role === 'PROV_CONN' && type === 'Student' && field === 'studentNo';

/** Whether a role is ever shown a field of a student: by its cell, its mask, its report. */
export const mayShow = (role: string, type: string, field: string): boolean => {
  // Of a page that is open, where it ends is open: without a login too.
  if (type === 'PageInfo' || isKeyOfSubmission(role, type, field)) return true;
  if (shownTo(role, type, field) === 'NULL') return false;
  const groups = groupsOf(type, field) ?? [];
  return role !== EMPLOYER || isOfToken(type, field) || groups.every((one) => isOpenTo(role, one));
};

/** Column that says of which office's matters a row is (notes 10, 18). */
const OFFICE_COLUMNS: Readonly<Record<string, string>> = {
  appeal: 'target_office',
  commitment: 'owner_office',
  conduct_record: 'source_office',
  key_attention: 'source_office',
  measure: 'source_office',
  notice: 'subject_office',
  sanction: 'source_office',
  supervision: 'source_office',
  warning: 'handler_office',
};
const OFFICE_ROLE = /^(AAO|FIN|SEC|CYL|RDO|AEO)_/;

/** Offices read of the archive's matters their own alone. */
function isOwnMatter(role: string, { office, table, row }: Place): boolean {
  const [, own] = OFFICE_ROLE.exec(role) ?? [];
  const { [table]: column } = OFFICE_COLUMNS;
  return !own || !column || office !== 'archive' || row[column] === own;
}

/** Entries that the Youth League may check posts against (note 11). */
const isCrossChecked = (role: string, { table, row }: Place): boolean =>
  table !== 'self_entry' ||
  cellOf(role, 'SELF_ENTRIES').note !== '11' ||
  ['POST', 'INTERNSHIP'].includes(String(row['kind']));

/**
 * Where another group of an entry is masked, that there is one is all that is disclosed of it, and to
 * whoever reviews it until when (G7.3).
 */
const KEPT = ['id', 'entry_id', 'version', 'edition', 'submitted_at', 'due_on'];
/** Of a work-study entry the post is shown where its office and hours are not (note 1). */
const isShownPost = (role: string, { column, row }: Place): boolean =>
  column === 'role' &&
  row['kind'] === 'WORKSTUDY' &&
  shownTo(role, 'WorkstudyDetail', 'post') === 'VALUE';
const isMasked = (role: string, place: Place, groups: readonly string[]): boolean =>
  place.table === 'self_entry' &&
  !KEPT.includes(place.column) &&
  !isShownPost(role, place) &&
  groups.some((group) => cellOf(role, group).effect !== 'A');

const isOfOwnToken = (role: string, { row }: Place, type: string): boolean =>
  role === EMPLOYER && OF_THE_TOKEN.includes(type) && row['consent_id'] === REPORT_CONSENT;

/** The role may read this column of this row whole. */
function mayRead(role: string, place: Place): boolean {
  if (isSealed(place) || !isOwnMatter(role, place) || !isCrossChecked(role, place)) return false;
  // 2.3: the aid evaluator sees the code of D2-01, though TUITION is shut for him.
  const beside = groupsOfRow(place).filter((group) => role !== 'EV_AID' || group !== 'TUITION');
  if (!beside.every((group) => isOpenTo(role, group)) || isMasked(role, place, beside))
    return false;
  return fieldsOf(place).some(([type, field]) => {
    const groups = groupsOf(type, field);
    if (!isOfOwnToken(role, place, type) && !groups?.every((group) => isOpenTo(role, group)))
      return false;
    return shownTo(role, type, field) === 'VALUE';
  });
}

/** The person of each role. */
export const PERSONS = new Map(CALLERS.map(([role, person]) => [role as string, person]));

/** A published case is everybody's (note 22). */
const PUBLISHED = ['id', 'title', 'summary', 'published_on'];
const isPublished = ({ table, column, row }: Place): boolean =>
  table === 'model_case' && row['state'] === 'PUBLISHED' && PUBLISHED.includes(column);

/** The last digits of a number are stored beside it: they are what its mask shows. */
const LAST_DIGITS = /^\*+\d{4}$/;
const isShownByMask = (role: string, { value, places }: Canary): boolean =>
  LAST_DIGITS.test(value) &&
  places.some(({ table }) => table === 'self_entry') &&
  shownTo(role, 'BasicDetail', 'phone') === 'LAST4';

/** Whether a value may stand in an answer to a role at all. */
export function isAllowed(role: string, canary: Canary): boolean {
  const { studentNo, places } = canary;
  // `me.person`: everybody sees who he himself is.
  const isOwnName = ({ table, column }: Place) =>
    table === 'student' && ['student_no', 'name'].includes(column);
  if (PERSONS.get(role) === studentNo && places.some(isOwnName)) return true;
  if (places.some(isPublished)) return true;
  if (role === PROVIDER)
    return places.some(
      (place) =>
        OWN_TABLES.includes(place.table) &&
        PROVIDER_COLUMNS.some((column) => place.row[column] === BANK) &&
        fieldsOf(place).every(([, field]) => !WITHHELD_FROM_PROVIDER.includes(field)) &&
        mayRead(role, place),
    );
  if (!REACHES[role]?.includes(studentNo)) return false;
  return isShownByMask(role, canary) || places.some((place) => mayRead(role, place));
}
