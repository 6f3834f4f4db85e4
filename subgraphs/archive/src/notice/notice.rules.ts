/** How far a notice has come, and what each step writes. Pure. Source: F-01, L-07. */
import { addDays } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText, STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Archive } from '../life-cycle/archive.entity.js';
import { TEXT_VERSION, waitOf } from '../notify/notice-text.js';
import { NoticeChannel, NoticeState, type Notice } from './notice.entity.js';

const TITLE_AT_MOST = 100;

/** By its instants: what was acknowledged was delivered, and what is here was sent. */
export const stateOf = ({
  deliveredAt,
  acknowledgedAt,
}: Pick<Notice, 'deliveredAt' | 'acknowledgedAt'>): NoticeState => {
  if (acknowledgedAt) return NoticeState.ACKNOWLEDGED;
  return deliveredAt ? NoticeState.DELIVERED : NoticeState.SENT;
};

/**
 * Delivered: from now on the office waits.
 *
 * @param lastDay  Last day on which a statement is awaited; none, where the office need not wait.
 */
export const delivered =
  (lastDay: string | undefined) =>
  (_: Notice, { now }: Pick<Act, 'now'>): Changes<Notice> => ({
    deliveredAt: now,
    ...(lastDay && { waitsUntil: addDays(lastDay, 1) }),
  });

/** Acknowledged: whoever reads it has it, whatever its channel says. */
export const acknowledged =
  (lastDay: string | undefined) =>
  (notice: Notice, act: Pick<Act, 'now'>): Changes<Notice> => ({
    ...(!notice.deliveredAt && delivered(lastDay)(notice, act)),
    acknowledgedAt: act.now,
  });

/**
 * The student states his view, once.
 *
 * @throws VALIDATION for an empty text; STATE_CONFLICT where none is awaited, or one was filed.
 */
export const stated =
  (statement: string) =>
  ({ kind, textVersion, statementAt }: Notice, { now }: Act): Changes<Notice> => {
    if (!statement.trim()) throw invalid('statement', '请写明陈述内容。 Say what you state.');
    checkText('statement', statement, STATEMENT_AT_MOST);
    if (statementAt || !waitOf(textVersion, kind))
      throw changeFault(
        ChangeErrorCode.STATE_CONFLICT,
        '此通知不再等待陈述。 No statement is awaited.',
      );
    return { statement, statementAt: now };
  };

export interface Message {
  readonly title: string;
  readonly text: string;
}

/** @throws VALIDATION without title or text, or for one that is too long. */
export const published =
  ({ title, text }: Message, id: string) =>
  (_: Archive, { now }: Act): Changes<Notice> => {
    if (!title.trim()) throw invalid('title', '请填写标题。 Give a title.');
    if (!text.trim()) throw invalid('text', '请填写内容。 Say what it is about.');
    checkText('title', title, TITLE_AT_MOST);
    checkText('text', text, STATEMENT_AT_MOST);
    return {
      kind: 'GENERAL',
      textVersion: TEXT_VERSION,
      title,
      body: text,
      subjectSubgraph: 'archive',
      subjectTypename: 'Notice',
      subjectId: id,
      subjectOffice: 'SAO',
      subjectGroups: ['NOTICES'],
      channel: NoticeChannel.PORTAL,
      sentAt: now,
    };
  };
