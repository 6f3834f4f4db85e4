/** Whether a role may ever read a canary of a student, by the reviewed tables and who is who here. */
import { ASKERS, STUDENT } from '../support/askers.js';
import { BANK } from '../support/student-facts.js';
import type { Canary, Place } from './canaries.js';
import { cellOf, groupsOf, shownTo } from './reviewed.js';

/** Of the class of the first student, and in no case; of another class and another college. */
export const CLASSMATE = '2024010305';
export const STRANGER = '2025020415';
export const STUDENTS = [STUDENT, CLASSMATE, STRANGER];

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
};

/** Aid round, appeal or repair, and a consent that names the school: none of them exists here. */
const UNMET_NOTES = ['9', '13', '33'];

/** The provider who asks; it reaches rows under consents of its own and no student (note 6). */
const PROVIDER = 'TPC_INST';
const OWN_TABLES = ['card_overdraft', 'consent'];
const WITHHELD_FROM_PROVIDER = ['studentNo'];

const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, c: string) => c.toUpperCase());
const typeOf = (table: string): string => {
  const name = camel(table);
  return name.slice(0, 1).toUpperCase() + name.slice(1);
};

/** Fields that show a column under another name, or another column's beside its own. */
const SHOWN_AS: Readonly<Record<string, readonly string[]>> = {
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

/** Groups that the row takes beside those of its fields: by its state, and by its origin (3.2, 2.3). */
function groupsOfRow({ table, column, row }: Place): string[] {
  if (!CONDUCT.includes(table)) return [];
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
  return (effect === 'A' || effect === 'M') && !UNMET_NOTES.includes(note);
};

/** The role may read this column of this row whole. */
function mayRead(role: string, place: Place): boolean {
  if (isSealed(place)) return false;
  // 2.3: the aid evaluator sees the code of D2-01, though TUITION is shut for him.
  const beside = groupsOfRow(place).filter((group) => role !== 'EV_AID' || group !== 'TUITION');
  if (!beside.every((group) => isOpenTo(role, group))) return false;
  return fieldsOf(place).some(([type, field]) => {
    const groups = groupsOf(type, field);
    if (!groups?.every((group) => isOpenTo(role, group))) return false;
    return shownTo(role, type, field) === 'VALUE';
  });
}

/** The person of each role. */
export const PERSONS = new Map(ASKERS.map(([role, person]) => [role as string, person]));

/** Whether a value may stand in an answer to a role at all. */
export function isAllowed(role: string, { studentNo, places }: Canary): boolean {
  // `me.person`: everybody is told who he himself is.
  const isOwnName = ({ table, column }: Place) =>
    table === 'student' && ['student_no', 'name'].includes(column);
  if (PERSONS.get(role) === studentNo && places.some(isOwnName)) return true;
  if (role === PROVIDER)
    return places.some(
      (place) =>
        OWN_TABLES.includes(place.table) &&
        [place.row['provider'], place.row['recipient_uscc']].includes(BANK) &&
        fieldsOf(place).every(([, field]) => !WITHHELD_FROM_PROVIDER.includes(field)) &&
        mayRead(role, place),
    );
  if (!REACHES[role]?.includes(studentNo)) return false;
  return places.some((place) => mayRead(role, place));
}
