/** What waits for a student, from his own rows: a statement for each kind of row, however many there are. */
import type { Context } from '@chengxin/kit/call/context';
import { GROUPS, isAboutStudent } from '@chengxin/kit/privacy/groups';
import type { Account } from '../life-cycle/account.entity.js';
import { AccountState } from '../life-cycle/account.entity.js';
import { accountsOf, archivesOf } from '../life-cycle/archive.loader.js';
import { ArchiveState } from '../life-cycle/archive-state.js';
import type { Archive } from '../life-cycle/archive.entity.js';
import { isReminder } from '../life-cycle/archive/signing-reminder.rules.js';
import { CommitmentState } from '../life-cycle/commitment-matter.js';
import { breachesOf, commitmentsOf } from '../life-cycle/commitment.loader.js';
import type { CommitmentBreach } from '../life-cycle/commitment-breach.entity.js';
import type { Commitment } from '../life-cycle/commitment.entity.js';
import type { Notice } from '../notice/notice.entity.js';
import { noticesOf } from '../notice/notice.loader.js';
import { SelfEntryState, type SelfEntry } from '../self-entry/self-entry.entity.js';
import { selfEntryDraftsOf } from '../self-entry/self-entry.loader.js';
import { decideStudent } from '../student/student.loader.js';
import { OwnTaskKind, type OwnTask } from './own-task.js';

const one = (kind: OwnTaskKind, ref: string, dueOn?: string): OwnTask => ({
  kind,
  count: 1,
  ref,
  dueOn,
});

const ofAccount = ({ subject, state }: Account): OwnTask[] =>
  state === AccountState.CREATED ? [one(OwnTaskKind.ACTIVATE_ACCOUNT, subject)] : [];

function ofArchive({ studentNo, state, agreementId, verificationDueOn }: Archive): OwnTask[] {
  if (state === ArchiveState.PENDING_SIGNATURE && !agreementId)
    return [one(OwnTaskKind.SIGN_AGREEMENT, studentNo)];
  if (state === ArchiveState.PENDING_VERIFICATION)
    return [one(OwnTaskKind.CONFIRM_PROFILE, studentNo, verificationDueOn)];
  return [];
}

const ofCommitment = ({ id, state, signBy, dueOn }: Commitment): OwnTask[] =>
  state === CommitmentState.OFFERED ? [one(OwnTaskKind.SIGN_COMMITMENT, id, signBy ?? dueOn)] : [];

const ofBreach = ({ commitmentId, state, rectifyBy }: CommitmentBreach): OwnTask[] =>
  state === CommitmentState.RECTIFYING
    ? [one(OwnTaskKind.RECTIFY_COMMITMENT, commitmentId, rectifyBy)]
    : [];

/** A reminder is no task: what it reminds of is one. */
const ofNotice = ({ id, kind, deliveredAt, acknowledgedAt, waitsUntil }: Notice): OwnTask[] =>
  deliveredAt && !acknowledgedAt && !isReminder({ kind })
    ? [one(OwnTaskKind.ANSWER_NOTICE, id, waitsUntil)]
    : [];

const ofEntry = ({ entryId, state }: SelfEntry): OwnTask[] =>
  state === SelfEntryState.RETURNED ? [one(OwnTaskKind.CORRECT_ENTRY, entryId)] : [];

/** @param studentNo  The caller's own number. */
export async function studentTasks(ctx: Context, studentNo: string): Promise<OwnTask[]> {
  await decideStudent(ctx, studentNo, GROUPS.filter(isAboutStudent));
  const [accounts, archives, commitments, breaches, notices, entries] = await Promise.all([
    accountsOf(ctx).load(studentNo),
    archivesOf(ctx).load(studentNo),
    commitmentsOf(ctx).load(studentNo),
    breachesOf(ctx).load(studentNo),
    noticesOf(ctx).load(studentNo),
    selfEntryDraftsOf(ctx).load(studentNo),
  ]);
  return [
    ...accounts.flatMap(ofAccount),
    ...archives.flatMap(ofArchive),
    ...commitments.flatMap(ofCommitment),
    ...breaches.flatMap(ofBreach),
    ...notices.flatMap(ofNotice),
    ...entries.flatMap(ofEntry),
  ];
}
