/** What a student is notified of about a promise (F-01): that it waits, that a breach is reported, what was decided. */
import type { Act } from '@chengxin/kit/change/act';
import type { After } from '@chengxin/kit/change/door';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { sendNotices, type NoticeOf } from '../notify/send-notices.js';
import { CommitmentMatter } from '../life-cycle/commitment-matter.js';
import type { Commitment } from '../life-cycle/commitment.entity.js';

type Kind = 'TEMPLATE' | 'BREACH' | 'BREACH_DECIDED' | 'RECTIFICATION_DECIDED';

const OF_A_BREACH: readonly Kind[] = ['BREACH', 'BREACH_DECIDED', 'RECTIFICATION_DECIDED'];

/** What is promised for aid also takes the group of the aid (3.2). */
const groupsOf = ({ matter }: Commitment, ...more: Group[]): Group[] => [
  'COMMITMENTS',
  ...more,
  ...(matter === CommitmentMatter.AID ? (['LOANS_AND_AID'] as const) : []),
];

const noticeOf = (kind: Kind, row: Commitment, groups: readonly Group[]): NoticeOf => ({
  studentNo: row.studentNo,
  kind,
  subgraph: 'archive',
  type: 'Commitment',
  id: row.id,
  office: row.ownerOffice,
  groups,
});

/** That promises wait to be signed. */
export const notifyOfOffer = (rows: readonly Commitment[], act: Act): Promise<unknown> =>
  act.follow((em, now) =>
    sendNotices(
      em,
      now,
      rows.map((row) => noticeOf('TEMPLATE', row, groupsOf(row))),
    ),
  );

/** That a breach is reported, or what was decided on it. */
export const notifyOfBreach =
  (kind: Kind): After<Commitment> =>
  (row, act) =>
    act.follow((em, now) =>
      sendNotices(em, now, [noticeOf(kind, row, groupsOf(row, 'PENDING_CONDUCT'))]),
    );

const CLOSE = `
  update notice set subject_groups = subject_groups || array['CLOSED_CONDUCT']
  where subject_subgraph = 'archive' and subject_typename = 'Commitment' and subject_id = ?
    and kind = any(?::text[]) and not 'CLOSED_CONDUCT' = any(subject_groups)`;

/** A report that came to nothing, or whose breach was rectified, is closed, and so is what told of it. */
export const closeBreachNotices: After<Commitment> = ({ id }, act) =>
  act.follow((em) => execute(em, CLOSE, [id, OF_A_BREACH]));
