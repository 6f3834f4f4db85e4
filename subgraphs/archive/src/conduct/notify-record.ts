/** What a student is notified of about a bad record (L-07, INV-03). */
import type { After } from '@chengxin/kit/change/door';
import type { Act } from '@chengxin/kit/change/act';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { sendNotices, type NoticeOf } from '../notify/send-notices.js';
import type { ConductRecord } from './conduct-record.entity.js';
import { pendingRecord } from './conduct-record.noun.js';

export type Named = Pick<ConductRecord, 'id' | 'studentNo' | 'sourceOffice' | 'originGroup'>;

export const noticeOf = (kind: string, record: Named): NoticeOf => ({
  studentNo: record.studentNo,
  kind,
  subgraph: 'archive',
  type: 'ConductRecord',
  id: record.id,
  office: record.sourceOffice,
  groups: ['PENDING_CONDUCT', record.originGroup],
  recordId: record.id,
});

/** That a record is proposed about him (FINDING), or is to enter his archive (RECORD). */
export const notifyOf =
  (kind: 'FINDING' | 'RECORD'): After<ConductRecord> =>
  (record, act) =>
    act.follow((em, now) => sendNotices(em, now, [noticeOf(kind, record)]));

const FOUND = `
  select id, student_no as "studentNo", source_office as "sourceOffice", origin_group as "originGroup"
  from conduct_record
  where source_subgraph = ? and source_id = any(?::text[]) and state = 'FOUND'`;

/** The same for what an office found: it is to enter the archive, once Student Affairs accepts it. */
export async function notifyOfFindings(
  em: EntityManager,
  now: Date,
  office: string,
  ids: readonly string[],
): Promise<void> {
  if (!ids.length) return;
  const records = await execute<Named>(em, FOUND, [office, ids]);
  if (!records.length) return;
  await sendNotices(
    em,
    now,
    records.map((record) => noticeOf('RECORD', record)),
  );
}

interface Delivered {
  readonly kind: string;
  readonly subjectId: string;
  readonly deliveredAt?: Date;
}

/** Once the student was notified of what is proposed, it is NOTIFIED (2.4). */
export async function recordNotified(
  { kind, subjectId, deliveredAt }: Delivered,
  act: Act,
): Promise<void> {
  if (kind !== 'FINDING') return;
  const step = () => ({ ...(deliveredAt && { noticeDeliveredAt: deliveredAt }) });
  await act.also(pendingRecord, subjectId, step, 'conduct.notify');
}
