/**
 * Which rows of the action table have a mutation by now: whole nouns (`deferral`) or single actions
 * (`appeal.file`). What stands here and has no mutation stops its office, and so does a mutation that
 * does not stand here (INV-19).
 */
import { actionOf, allActions, isMutation, nounOf, type Action } from './actions.js';

const BUILT: ReadonlySet<string> = new Set([
  ...['archive', 'grant', 'academics', 'finance', 'security', 'youthleague'].flatMap((noun) =>
    ['approve', 'reject', 'withdraw'].map((verb) => `${noun}.${verb}Import`),
  ),
  ...['archive', 'academics', 'finance', 'security', 'youthleague'].flatMap((noun) =>
    ['approve', 'reject'].map((verb) => `${noun}.${verb}Many`),
  ),
  ...['grade', 'bill', 'payment', 'cadrePost', 'practice', 'volunteerHours', 'aid', 'loan'].flatMap(
    (noun) => [`${noun}.propose`, `${noun}.approve`],
  ),
  'deferral',
  'examViolation',
  'misconduct',
  'lawViolation',
  'goodRecord',
  'conduct',
  'malice.find',
  'malice.refuse',
  'upperDecision',
  'sanction',
  'sanctionAppeal',
  'committee.assign',
  'notice',
  'statement',
  'signing.launch',
  'agreement.sign',
  'guardianConsent.record',
  'idNumber',
  'contact',
  'aidRound',
  'grade.confirm',
  'keyAttention',
  'warning',
  'measure',
  'case',
  'reportOffer',
  'batch.submit',
  'batch.verify',
  'run',
  'detector.close',
  'statistics',
  'export.approve',
  'level',
  'change',
  'grant.request',
  'grant.delegate',
  'grant.approve',
  'grant.decline',
  'grant.withdraw',
  'grant.suspend',
  'grant.end',
  'staff.transfer',
  'training.record',
  'relation.declare',
  'student.transfer',
  'student.renumber',
  'student.approveRenumbering',
  'student.rejectRenumbering',
  'student.merge',
  'student.approveMerge',
  'student.rejectMerge',
  'account.activate',
  'account.lock',
  'account.unlock',
  'profile.confirm',
  'archive.freeze',
  'archive.unfreeze',
  'archive.void',
  'archive.startClosing',
  'archive.close',
  'template.draft',
  'template.publish',
  'commitment.offer',
  'commitment.sign',
  'commitment.decline',
  'commitment.check',
  'breach',
  'rectification',
  'entry',
  'appeal.file',
  'appeal.accept',
  'appeal.decline',
  'appeal.claim',
  'appeal.route',
  'appeal.answer',
  'appeal.decide',
  'appeal.confirmRevocation',
  'appeal.declineRevocation',
  'appeal.escalate',
  'appeal.withdraw',
  'repair',
  'remark',
  'consent',
  'token',
  'creditReport',
  'credential',
  'subjectRequest',
  'humanReview',
  'ruleSet',
  'arrearsList',
  'graduationList',
  'malice.propose',
  'provider.register',
  'thirdparty.ingest',
  'providerMalice.propose',
  'providerMalice.confirm',
]);

/** Whether the product has the mutation of this row. */
export const isBuilt = ({ name }: Pick<Action, 'name'>): boolean =>
  BUILT.has(name) || BUILT.has(nounOf(name));

const built = allActions().filter((action) => isMutation(action) && isBuilt(action));

/** Rows that have a mutation. */
export const builtMutations = (): readonly Action[] => built;

/**
 * INV-19 for one office: each mutation is the one that its action names, and each row that counts as
 * built has a mutation.
 *
 * @param mutations  Name of each mutation of the office, with its action.
 * @throws Error naming all that is wrong.
 */
export function checkActions(office: string, mutations: ReadonlyMap<string, string>): void {
  const faults: string[] = [];
  for (const [mutation, name] of mutations) {
    const action = actionOf(name);
    if (action?.entrance !== mutation)
      faults.push(`${mutation} takes ${name}, whose mutation is ${action?.entrance}`);
    if (action && action.office !== office) faults.push(`${name} belongs to ${action.office}`);
    if (action && !isBuilt(action)) faults.push(`${name} is not listed as built`);
  }
  const taken = new Set(mutations.values());
  for (const { name, office: owner } of builtMutations())
    if (owner === office && !taken.has(name))
      faults.push(`${name} is listed as built and has no mutation`);
  if (faults.length) throw new Error(`${office} does not start: ${faults.join('; ')}.`);
}
