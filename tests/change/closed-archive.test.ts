/** A closed archive is read only: every built mutation of the archive, from a state that it is taken from (F-08, 2.4). */
import { goesOn } from '@chengxin/archive/life-cycle/archive/read-only.rules';
import { nounOf } from '@chengxin/kit/action/actions';
import { builtMutations } from '@chengxin/kit/action/built';
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { mutate, mutationText, outcomeOf, refusalsOf } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { archiveInState } from './archive.plan.js';
import { changeRequestPlan } from './change-request.plan.js';
import { commitmentOfferPlan, commitmentPlan } from './commitment.plan.js';
import { conductPlan, malicePlan } from './conduct.plan.js';
import { factPlansOf } from './fact.plan.js';
import { goodRecordPlan } from './good-record.plan.js';
import { gradeConfirmationPlan } from './grade-confirmation.plan.js';
import { humanReviewPlan } from './human-review.plan.js';
import { MUTATIONS, type LawRow } from './law.js';
import { moreOf, type NounPlan } from './plans.js';
import { keyAttentionPlan, measurePlan } from './measure.plan.js';
import { remarkPlan } from './remark.plan.js';
import { repairPlan } from './repair.plan.js';
import {
  mergeOf,
  mergeOpening,
  NEW_PLACE,
  renumberingOf,
  studentMergePlan,
  studentRenumberingPlan,
  studentTransferPlan,
} from './roll.plan.js';
import { sanctionPlan } from './sanction.plan.js';
import { selfEntryPlan } from './self-entry.plan.js';
import { warningPlan } from './warning.plan.js';

const PLANS: readonly NounPlan[] = [
  changeRequestPlan,
  commitmentPlan,
  commitmentOfferPlan,
  conductPlan,
  malicePlan,
  goodRecordPlan,
  gradeConfirmationPlan,
  humanReviewPlan,
  keyAttentionPlan,
  measurePlan,
  remarkPlan,
  repairPlan,
  sanctionPlan,
  selfEntryPlan,
  warningPlan,
  // Of the student whose archive is closed, and not each of one of his own.
  { ...studentMergePlan, seed: mergeOf, opening: mergeOpening },
  { ...studentRenumberingPlan, seed: renumberingOf },
  {
    ...studentTransferPlan,
    opening: (_college, studentNo) => Promise.resolve({ studentNo, ...NEW_PLACE }),
  },
];
/** Of no student: what they act on has no archive. */
const OF_NO_STUDENT = [
  'aidRound.close',
  'aidRound.open',
  'batch.submit',
  'batch.verify',
  'detector.close',
  'export.approve',
  'grant.approve',
  'grant.approveImport',
  'grant.decline',
  'grant.delegate',
  'grant.end',
  'grant.rejectImport',
  'grant.request',
  'grant.suspend',
  'grant.withdraw',
  'grant.withdrawImport',
  'level.configure',
  'level.set',
  'relation.declare',
  'reportOffer.prepare',
  'reportOffer.send',
  'ruleSet.activate',
  'ruleSet.approve',
  'ruleSet.draft',
  'ruleSet.openComment',
  'run.cancel',
  'run.confirmCollege',
  'run.confirmSchool',
  'run.lock',
  'run.plan',
  'signing.launch',
  'staff.transfer',
  'statistics.prepare',
  'statistics.release',
  'template.draft',
  'template.publish',
  'training.record',
];
/** Taken on the archive itself, whose own states end them; they act on it in tests of its plan. */
const BY_ITS_STATES = ['agreement.sign', 'guardianConsent.record', 'profile.confirm'];
/** Facts by form: proposed on a student, approved as a batch whose rows are checked again. */
const BY_FORM = ['aid.approve', 'aid.propose', 'loan.approve', 'loan.propose'];

const NONE = 'NONE';
const built = builtMutations().filter(({ office }) => office === 'archive');
const lawOf = (plan: NounPlan): LawRow[] =>
  MUTATIONS.filter(
    ({ action, machine }) =>
      machine === (plan.machine ?? plan.noun) &&
      built.some(({ name }) => name === action) &&
      (plan.isOf?.(action) ?? true) &&
      !goesOn(action),
  );

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await bringReferences(college);
  for (const plan of PLANS) await plan.prepare?.(college);
});
afterAll(() => college.stop());

/** Where the archive is open while the row is made, and closed when the mutation comes. */
async function outcomeInClosed(plan: NounPlan, row: LawRow): Promise<string> {
  const [[role, right] = []] = row.rights;
  const [, person = null, usual = {}] = CALLERS.find(([name]) => name === role) ?? [];
  const actor = { role: role as Role, person };
  const more = moreOf(plan, row.action, actor.role);
  await archiveInState(college, STUDENT, 'ACTIVE');
  const state = row.from.find((one) => one !== NONE) ?? NONE;
  const { id, version } =
    state === NONE
      ? { id: '', version: 0 }
      : await plan.seed(college, STUDENT, state, actor, row.action);
  const named = { id, expectedVersion: version, reason: 'a reason' };
  const args = id ? { ...named, ...more } : await plan.opening(college, STUDENT, actor.role);
  await archiveInState(college, STUDENT, 'CLOSED');
  const purpose = right?.purpose ?? '';
  const reference = plan.openTask && { 'x-reference': id };
  const headers = role === 'STU_SELF' ? usual : { ...usual, 'x-purpose': purpose, ...reference };
  const { noun, fields = 'id', isMany = false } = plan;
  const request = { name: row.mutation, noun, args, fields, isMany };
  const answer = await college.request(person, mutationText(request), { headers });
  return outcomeOf(answer, row.mutation);
}

test.each(PLANS.map((plan) => [plan.title ?? plan.noun, plan] as const))(
  '%s: nothing of it changes any more',
  async (_, plan) => {
    const came: Record<string, string> = {};
    for (const row of lawOf(plan)) came[row.action] = await outcomeInClosed(plan, row);
    const actions = lawOf(plan).map(({ action }) => action);
    const lines = 'select action from operation_log where action = any($1)';
    expect(await asOwner(college, 'archive', lines, [actions])).toEqual([]);
    expect(await asOwner(college, 'archive', 'select action from change_key')).toEqual([]);
    expect(came).toEqual(Object.fromEntries(actions.map((action) => [action, 'STATE_CONFLICT'])));
  },
);

test('what goes on is named, and nothing else does', () => {
  const refused = new Set(PLANS.flatMap((plan) => lawOf(plan).map(({ action }) => action)));
  const rest = built
    .map(({ name }) => name)
    .filter((name) => !refused.has(name) && !goesOn(name))
    .toSorted();
  expect(rest).toEqual([...OF_NO_STUDENT, ...BY_ITS_STATES, ...BY_FORM].toSorted());
  const still = built.map(({ name }) => name).filter((name) => goesOn(name));
  expect([...new Set(still.map(nounOf))].toSorted()).toEqual([
    'account',
    'appeal',
    'archive',
    'case',
    'committee',
    'conduct',
    'consent',
    'contact',
    'credential',
    'creditReport',
    'humanReview',
    'idNumber',
    'notice',
    'sanction',
    'sanctionAppeal',
    'statement',
    'student',
    'subjectRequest',
    'token',
    'upperDecision',
  ]);
  expect(still.filter((name) => nounOf(name) === 'conduct')).toEqual(['conduct.revoke']);
  expect(still.filter((name) => nounOf(name) === 'student').toSorted()).toEqual([
    'student.rejectMerge',
    'student.rejectRenumbering',
  ]);
  expect(still.filter((name) => nounOf(name) === 'sanction').toSorted()).toEqual([
    'sanction.annul',
    'sanction.annulUnfounded',
    'sanction.lift',
  ]);
});

test('a fact by form enters no closed archive', async () => {
  await archiveInState(college, STUDENT, 'CLOSED');
  const [loan] = MUTATIONS.filter(({ action }) => action === 'loan.propose');
  const plan = factPlansOf('archive').find(({ isOf }) => isOf?.('loan.propose'));
  const args = { ...(await plan?.opening(college, STUDENT)), reason: 'a reason' };
  const request = { name: loan?.mutation ?? '', noun: plan?.noun ?? '', args, fields: 'id' };
  const headers = { 'x-purpose': 'ADMIN_REVIEW' };
  const came = await mutate(college, 'T0110', request, headers);
  expect(refusalsOf(came, request.name)).toEqual(['STATE_CONFLICT']);
  expect(await asOwner(college, 'archive', 'select from loan_record')).toEqual([]);
});
