/** What goes on once an archive is closed: all else is refused. Pure. Source: DOMAIN 2.4, F-08, T-05. */
import { nounOf } from '@chengxin/kit/action/actions';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { ArchiveState } from '../archive-state.js';

/** States in which nothing of an archive changes any more. */
export const CLOSED_ARCHIVE: readonly ArchiveState[] = [
  ArchiveState.CLOSED,
  ArchiveState.RETAINED,
  ArchiveState.DESTROYED,
];

/**
 * Nouns of actions and single actions that go on. Of the alumnus: his appeals, against a sanction too,
 * with the committee that decides on them, his consents, report tokens, reports that he hands over, notices with his statements, his
 * account (F-08), and the requests about his own data (L-11). Of the school: what a higher body decided is carried out (T-06, L-15), and a
 * sanction that runs is lifted or annulled (L-03); contact and ID number are disclosed on need, which
 * changes nothing (F-05); a case decides on its students and changes nothing of them (G21); a proposed
 * number or merge is refused, and a review of a grade decided, so that nothing waits for ever (F-07, L-08); the
 * archive itself goes on to its end by its
 * own states.
 */
const GOES_ON: ReadonlySet<string> = new Set([
  'appeal',
  'sanctionAppeal',
  'committee',
  'sanction.lift',
  'sanction.annul',
  'sanction.annulUnfounded',
  'consent',
  'token',
  'creditReport',
  'credential',
  'notice',
  'statement',
  'account',
  'subjectRequest',
  'humanReview.decide',
  'humanReview.lapse',
  'upperDecision',
  'conduct.revoke',
  'case',
  'contact',
  'idNumber',
  'archive',
  'student.rejectMerge',
  'student.rejectRenumbering',
]);

/** Whether an action is taken although the archive of its student is closed. */
export const goesOn = (action: string): boolean =>
  GOES_ON.has(action) || GOES_ON.has(nounOf(action));

/** @throws STATE_CONFLICT for an action that ends with the archive. */
export function requireNotClosed(action: string, state: ArchiveState | undefined): void {
  if (state && CLOSED_ARCHIVE.includes(state) && !goesOn(action))
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '档案已关闭，内容不再变更。 The archive is closed; nothing of it changes any more.',
    );
}
