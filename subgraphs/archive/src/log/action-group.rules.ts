/** The group of what an entry of the operation log is about: it takes that group too (3.1, 3.4b). */
import { allActions, nounOf } from '@chengxin/kit/action/actions';
import type { Group } from '@chengxin/kit/privacy/groups';

/** Batches, whatever is imported by them (FG41). */
const IMPORTS = /\.(import|readRejected|(approve|reject|withdraw)Import|(approve|reject)Many)$/;

/** Before the person is notified, nothing says that something is coming (2.4, note 29). */
const BEFORE_NOTICE: ReadonlySet<string> = new Set([
  'conduct.propose',
  'conduct.dismiss',
  'malice.propose',
  'malice.refuse',
  'providerMalice.propose',
  'sanction.draft',
  'sanction.withdrawDraft',
  'keyAttention.propose',
  'measure.propose',
  'measure.check',
  'submission.prepare',
  'submission.check',
  'warning.raise',
]);

/** Nouns of the action table, by the group of what they change. A noun that is not here is shut. */
const NOUNS: Readonly<Partial<Record<Group, readonly string[]>>> = {
  IDENTITY: ['archive', 'student', 'export', 'change'],
  SENSITIVE_IDENTITY: ['contact', 'idNumber'],
  ACCOUNT: ['account', 'agreement', 'credential', 'guardianConsent', 'profile', 'signing'],
  COMMITMENTS: ['commitment'],
  PENDING_CONDUCT: ['breach', 'rectification'],
  SELF_ENTRY_DRAFTS: ['entry'],
  ACADEMIC_SUMMARY: ['graduationList'],
  GRADUATION_REMARK: ['remark'],
  GOOD_CONDUCT: ['goodRecord'],
  BAD_CONDUCT: ['conduct'],
  SANCTION_FILES: ['sanction', 'upperDecision'],
  TUITION: ['malice'],
  LOANS_AND_AID: ['aid', 'loan'],
  CARD_OVERDRAFTS: ['providerMalice'],
  CREDIT_GRADE: ['grade', 'snapshot'],
  SUPERVISION: ['keyAttention', 'measure', 'warning'],
  APPEALS: ['appeal', 'sanctionAppeal'],
  REPAIRS: ['repair'],
  OPERATION_LOG: ['backup', 'feed', 'file', 'log'],
  CONSENTS: ['consent', 'token'],
  TEACHER_ARCHIVE: ['ethicsFinding', 'relation'],
  SUBMISSIONS: ['externalMeasure', 'submission'],
  STATISTICS: ['creditViews', 'statistics'],
  RULES: ['aidRound', 'catalogueItem', 'ruleSet', 'run', 'template'],
  MODEL_CASES: ['modelCase'],
  SUBJECT_REQUESTS: ['detector', 'humanReview', 'impactAssessment', 'incident', 'subjectRequest'],
  CASES: ['case', 'committee'],
  ADMINISTRATION: ['grant', 'level', 'reportOffer', 'training'],
  GOVERNANCE: [
    'activity',
    'agendaItem',
    'creditReport',
    'disclosure',
    'doublePublicity',
    'institutionIssue',
    'leadingGroup',
    'liaison',
    'measureListItem',
    'meeting',
    'resolution',
    'task',
    'unit',
  ],
  COLLECTION: ['batch'],
  STAFF_IDENTITY: ['staff'],
  NOTICES: ['notice', 'statement'],
};

const groups = new Map(
  Object.entries(NOUNS).flatMap(([group, nouns]) =>
    nouns.map((noun) => [noun, group as Group] as const),
  ),
);

/** The group of what an action is about; nothing for one that is not known. */
export function groupOfAction(action: string): Group | undefined {
  if (IMPORTS.test(action)) return 'COLLECTION';
  if (BEFORE_NOTICE.has(action)) return 'PENDING_CONDUCT';
  return groups.get(nounOf(action));
}

/** The actions on what a test opens. */
export const actionsOn = (opens: (group: Group) => boolean): string[] =>
  allActions()
    .map(({ name }) => name)
    .filter((name) => {
      const group = groupOfAction(name);
      return group !== undefined && opens(group);
    });
