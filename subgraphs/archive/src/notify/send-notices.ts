/** Sends notices: each waits for the job that delivers it (F-01). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { TEXT_VERSION } from './notice-text.js';

/** Whom a notice is sent to, and what it is about. */
export interface NoticeOf {
  readonly studentNo: string;
  readonly kind: string;
  readonly subgraph: string;
  /** Type and number of the row. */
  readonly type: string;
  readonly id: string;
  /** Office whose matter it is. */
  readonly office: string;
  /** Groups that the row takes, its own first. */
  readonly groups: readonly Group[];
  /** The row where the archive holds it. */
  readonly recordId?: string;
  readonly sanctionId?: string;
  /** Consent under which alone the row is held. */
  readonly consentId?: string;
}

const SEND = `
  insert into notice (student_no, kind, text_version, subject_subgraph, subject_typename, subject_id,
    subject_office, subject_groups, record_id, sanction_id, consent_id, sent_at,
    channel)
  select n."studentNo", n.kind, ?, n.subgraph, n.type, n.id, n.office, n.groups, n."recordId",
    n."sanctionId", n."consentId", ?, 'PORTAL'
  from jsonb_to_recordset(?::jsonb) as n ("studentNo" text, kind text, subgraph text, type text,
    id text, office text, groups text[], "recordId" uuid, "sanctionId" uuid,
    "consentId" text)
  on conflict (subject_subgraph, subject_typename, subject_id, kind) do nothing`;

/** Send some notices, in one statement: of each kind one about a row. */
export const sendNotices = (
  em: EntityManager,
  now: Date,
  notices: readonly NoticeOf[],
): Promise<unknown> => execute(em, SEND, [TEXT_VERSION, now, JSON.stringify(notices)]);
