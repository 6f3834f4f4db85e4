/** What a student is notified of about a sanction (L-07). */
import type { Act } from '@chengxin/kit/change/act';
import type { After } from '@chengxin/kit/change/door';
import { dayOf } from '@chengxin/kit/clock';
import { execute } from '@chengxin/kit/database/orm';
import { sendNotices, type NoticeOf } from '../../notify/send-notices.js';
import type { Sanction } from '../sanction.entity.js';

type Kind =
  | 'SANCTION'
  | 'SANCTION_DISMISSED'
  | 'SANCTION_SERVED'
  | 'SANCTION_LIFTED'
  | 'SANCTION_ANNULLED';

const noticeOf = (kind: Kind, { id, studentNo, sourceOffice }: Sanction): NoticeOf => ({
  studentNo,
  kind,
  subgraph: 'archive',
  type: 'Sanction',
  id,
  office: sourceOffice,
  groups: ['SANCTION_FILES'],
  sanctionId: id,
});

/** That it is to be decided (SANCTION), was dismissed, served, lifted or annulled. */
export const notifyOfSanction =
  (kind: Kind): After<Sanction> =>
  (row, act) =>
    act.follow((em, now) => sendNotices(em, now, [noticeOf(kind, row)]));

const FILED = `
  select statement_at as "statementAt" from notice_standing
  where subject_type = 'Sanction' and subject_id = ? and kind = 'SANCTION'`;

/** Day on which the student answered the notice; nothing while he has not. */
export async function statementDay({ id }: Sanction, act: Act): Promise<string | undefined> {
  const [found] = await act.follow((em) =>
    execute<{ statementAt: string | null }>(em, FILED, [id]),
  );
  return found?.statementAt ? dayOf(new Date(found.statementAt)) : undefined;
}
