/** What each step of a self-reported entry writes. Pure. Source: DOMAIN 2.4, 2.5, G7.2d, G7.3, G13.1. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText, STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { isUuid } from '@chengxin/kit/database/uuid';
import type { Problem } from '@chengxin/kit/import/reason';
import { ArchiveState } from '../life-cycle/archive-state.js';
import { DOC_NO, ENTRY_CODECS } from './entry-codecs.js';
import { SelfEntryState, type SelfEntry, type SelfEntryKind } from './self-entry.entity.js';
import { checkComplete, checkContent, detailOf, type DetailColumns } from './self-entry.rules.js';
import { ReviewDecision } from './review-decision.js';

type Part = keyof typeof ENTRY_CODECS;
const PARTS = Object.keys(ENTRY_CODECS) as Part[];

/** What a student says of himself; what another kind has is left out. */
export type EntryContent = {
  readonly [Column in Part]?: string;
} & {
  readonly kind: SelfEntryKind;
  readonly title: string;
  readonly startOn?: string;
  readonly endOn?: string;
  readonly proofs?: readonly string[];
};

const MOST_PROOFS = 20;
/** What an address is made of and the number of a document is not (2.1). */
const ADDRESS = /[/\\:]/;

const problemFault = ({ column, reason }: Problem) =>
  invalid(column ?? 'id', `${reason.zh}。 It ${reason.en}.`);

/** One part as it is stored: what is left blank is nothing. */
function read(path: Part, given: string | undefined): string | null {
  if (!given?.trim()) return null;
  checkText(path, given, STATEMENT_AT_MOST);
  const parsed = ENTRY_CODECS[path](given);
  if ('reason' in parsed) throw problemFault({ column: path, reason: parsed.reason });
  return parsed.value;
}

function columnsOf(content: EntryContent): DetailColumns {
  const { startOn = null, endOn = null } = content;
  const texts = PARTS.map((part) => [part, read(part, content[part])] as const);
  return { ...Object.fromEntries(texts), startOn, endOn } as unknown as DetailColumns;
}

/**
 * Own files, and documents on paper by their number. Where a document lies is nobody's to say: files
 * are served by number alone.
 *
 * @param files  Which of the numbers are files of the student's own that are good.
 */
function proofsOf(
  proofs: readonly string[] = [],
  files: ReadonlySet<string>,
): readonly SelfEntry['proofs'][number][] {
  if (proofs.length > MOST_PROOFS)
    throw invalid('proofs', `不得超过 ${MOST_PROOFS} 份。 No more than ${MOST_PROOFS}.`);
  if (new Set(proofs).size < proofs.length)
    throw invalid('proofs', '证明材料重复。 One of them is named twice.');
  return proofs.map((docNo) => {
    checkText('proofs', docNo, STATEMENT_AT_MOST);
    const parsed = DOC_NO(docNo);
    if ('reason' in parsed) throw problemFault({ column: 'proofs', reason: parsed.reason });
    if (!docNo.trim() || ADDRESS.test(docNo))
      throw invalid('proofs', '请填材料编号，不要填地址。 A number, not an address.');
    if (isUuid(docNo) && !files.has(docNo))
      throw invalid('proofs', '没有这个本人上传的文件。 No such file of your own.');
    return { id: parsed.value, docNo: parsed.value };
  });
}

/** @throws VALIDATION for what is of another kind, out of order, in the future or not well formed. */
function contentOf(
  content: EntryContent,
  files: ReadonlySet<string>,
  { today }: Act,
): Changes<SelfEntry> {
  const { kind } = content;
  const columns = columnsOf(content);
  if (!columns.title) throw invalid('title', '请填写标题。 Give a title.');
  if (columns.startOn && columns.startOn > today)
    throw invalid('startOn', '开始日期不得晚于今天。 It must not be after today.');
  const problem = checkContent(kind, columns);
  if (problem) throw problemFault(problem);
  const { organisation, role, startOn, endOn, title } = columns;
  const detail = detailOf(kind, columns);
  const proofs = proofsOf(content.proofs, files);
  // A part that is left out is null, of which the entity knows as of something absent.
  return { title, organisation, role, startOn, endOn, detail, proofs } as Changes<SelfEntry>;
}

/** Archives whose contents nobody changes (2.4). */
const READ_ONLY: ReadonlySet<ArchiveState | undefined> = new Set([
  undefined,
  ArchiveState.VOID,
  ArchiveState.FROZEN,
  ArchiveState.CLOSED,
  ArchiveState.RETAINED,
  ArchiveState.DESTROYED,
]);

/** @throws STATE_CONFLICT for an archive that is frozen or closed. */
export function requireOpen(state: ArchiveState | undefined): void {
  if (READ_ONLY.has(state))
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '档案已冻结或已关闭。 The archive is frozen or closed.',
    );
}

/** A first version. */
export const drafted =
  (content: EntryContent, entryId: string, files: ReadonlySet<string>) =>
  ({ state }: { readonly state: ArchiveState }, act: Act): Changes<SelfEntry> => {
    requireOpen(state);
    const { kind } = content;
    return { ...contentOf(content, files, act), kind, entryId, edition: 1, evidence: [] };
  };

/** The whole of a draft anew; what is left out is empty from then on. */
export const redrafted =
  (content: EntryContent, files: ReadonlySet<string>) =>
  ({ kind }: SelfEntry, act: Act): Changes<SelfEntry> => {
    if (content.kind !== kind)
      throw invalid('kind', '条目类别不能更改。 The kind of an entry stays.');
    return contentOf(content, files, act);
  };

/** @throws VALIDATION naming what its kind needs and it lacks. */
export const submitted =
  (dueOn: string) =>
  (entry: SelfEntry, { now }: Act): Changes<SelfEntry> => {
    const problem = checkComplete(entry);
    if (problem) throw problemFault(problem);
    return { submittedAt: now, dueOn };
  };

/** Taken back before anybody has claimed it: the state says it. */
export const recalled = (): Changes<SelfEntry> => ({});

/** The next version says, to begin with, what the approved one says. */
export const revised =
  (edition: number) =>
  (entry: SelfEntry): Changes<SelfEntry> => {
    const { studentNo, entryId, kind, title, organisation, role, startOn, endOn } = entry;
    const { detail, proofs } = entry;
    const said = { title, organisation, role, startOn, endOn, detail, proofs };
    return { studentNo, entryId, edition, kind, ...said, evidence: [] } as Changes<SelfEntry>;
  };

/**
 * Claimed, so that no two review the same. The table has no way back from it, so it binds nobody:
 * whoever of the college is there reviews what somebody has claimed who is not.
 */
export const claimed = (_: SelfEntry, { by }: Act): Changes<SelfEntry> => ({
  reviewer: by.subject,
});

export interface Review {
  readonly decision: ReviewDecision;
  readonly reason?: string;
}

/**
 * Decided. A rejection says that a proof is false: it opens a finding and makes no record (2.4). The
 * entry keeps since when, and a record is proposed by `conduct.propose`, by people.
 */
export const reviewed =
  ({ decision, reason }: Review) =>
  (_: SelfEntry, { by, now }: Act): Changes<SelfEntry> => {
    const review = { reviewer: by.subject, ...(reason && { reviewComment: reason }) };
    if (decision === ReviewDecision.RETURN) return { ...review, state: SelfEntryState.RETURNED };
    if (decision === ReviewDecision.REJECT)
      return { ...review, state: SelfEntryState.REJECTED, findingOpenedAt: now };
    const approval = { approvedBy: by.subject, approvedAt: now };
    return { ...review, ...approval, state: SelfEntryState.APPROVED };
  };

/** An approved version has been taken the place of (2.4). */
export const superseded = (): Changes<SelfEntry> => ({ state: SelfEntryState.SUPERSEDED });

/** @throws STATE_CONFLICT while the archive is not in use (2.4). */
export function withdrawnFrom(state: ArchiveState | undefined): Changes<SelfEntry> {
  if (state !== ArchiveState.ACTIVE)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '档案不在使用中，不能撤回。 The archive is not in use.',
    );
  return {};
}
