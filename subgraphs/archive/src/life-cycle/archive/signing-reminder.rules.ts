/** When a student is reminded of his entry, and what the reminder is. Pure. Source: G10.2, G10.4, F-01. */
import type { NoticeOf } from '../../notify/send-notices.js';
import { ReminderKind, type SigningReminder } from './signing-reminder.entity.js';

/** Days after the notice, or after the last reminder, on which the signing is reminded of `[P]`: a week. */
export const SIGNING_EVERY_DAYS = 7;

/** So many reminders of one offer at most `[P]`: whoever let a month go by is for his college to speak to. */
export const SIGNING_AT_MOST = 4;

/** Days before the last day of the check on which it is reminded of `[P]`. */
export const VERIFICATION_DAYS_BEFORE: readonly number[] = [7, 3, 1];

/** Kind of the notice, by what it reminds of. */
const NOTICE_KINDS: Readonly<Record<ReminderKind, string>> = {
  [ReminderKind.SIGNING]: 'SIGNING_REMINDER',
  [ReminderKind.VERIFICATION]: 'VERIFICATION_REMINDER',
};

/** Whether a notice only reminds of something that waits by itself. */
export const isReminder = ({ kind }: { readonly kind: string }): boolean =>
  Object.values(NOTICE_KINDS).includes(kind);

/** The notice of a reminder: the same text for everybody, whatever is missing and whatever his age. */
export const noticeOfReminder = ({
  studentNo,
  kind,
  id,
}: Pick<SigningReminder, 'studentNo' | 'kind' | 'id'>): NoticeOf => ({
  subgraph: 'archive',
  office: 'SAO',
  studentNo,
  kind: NOTICE_KINDS[kind],
  type: 'SigningReminder',
  id,
  groups: ['ACCOUNT'],
});
