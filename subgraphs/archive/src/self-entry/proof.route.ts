/**
 * Hands out a file to who uploaded it, and to whoever sees an entry that it proves with its proofs: by
 * the same decision, with the same access event, written before a byte leaves (F-14, INV-12).
 */
import type { Context } from '@chengxin/kit/call/context';
import { openBytes } from '@chengxin/kit/call/crypto';
import { FILE_ARRIVAL_MS } from '@chengxin/kit/call/file-bounds';
import { attachment, type HttpResponse } from '@chengxin/kit/call/http';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import { rowClauses } from '@chengxin/kit/read/rows';
import type { PersonRoute } from '@chengxin/kit/server/office-definition';
import { SelfEntry } from './self-entry.entity.js';
import { selfEntryRows } from './self-entry.loader.js';
import { shownEntry } from './self-entry.rules.js';
import { countOpened } from '../student/opening.js';
import { decideStudent } from '../student/student.loader.js';
import { boundToFile, fileById, keyOfFile, type StoredFile } from '../file/file.loader.js';
import { endingOf } from '../file/media-type.js';
import { storeOf } from '../file/stores.js';

const DOWNLOAD = 'file.download';
const QUESTION_AT_MOST = 1000;
/** The group of proofs, and that of the entries which they stand in. */
const PROOFS = 'SELF_ENTRY_DRAFTS';
const GROUPS = ['SELF_ENTRIES', PROOFS] as const;
const NOBODY = '';

const PROVEN = `
  select distinct student_no as "studentNo" from self_entry where proofs @> ?::jsonb
  order by student_no`;

/** The student, if the caller sees an entry of his with this file among its proofs. */
async function studentOf(ctx: Context, id: string): Promise<string | undefined> {
  const named = JSON.stringify([{ id }]);
  const rows = await execute<{ studentNo: string }>(ctx.em, PROVEN, [named]);
  // The same statements where there is no such file (DOMAIN 3.7(4)).
  const students = rows.length ? rows.map(({ studentNo }) => studentNo) : [NOBODY];
  for (const studentNo of students) {
    await decideStudent(ctx, studentNo, GROUPS);
    const isOpen = GROUPS.every((group) => ctx.opens(group, studentNo));
    const clauses = isOpen ? rowClauses(ctx, selfEntryRows, studentNo) : [];
    const where = { $and: [{ studentNo: isOpen ? studentNo : NOBODY }, ...clauses] };
    const entries = await ctx.em.find(SelfEntry, where as never, { disableIdentityMap: true });
    const shown = entries.map((entry) => shownEntry(ctx.identity.role, entry));
    if (shown.some(({ proofs }) => proofs?.some((proof) => proof.id === id))) return studentNo;
  }
  return undefined;
}

/** @throws NOT_FOUND for a file that the caller may not have, whether there is one or not; STUDENT_CAP. */
async function visibleFile(ctx: Context, id: string): Promise<StoredFile> {
  const file = await fileById(ctx.em, id);
  const isOwn = file?.uploadedBy === ctx.identity.subject;
  const studentNo = isOwn ? undefined : await studentOf(ctx, id);
  if (studentNo !== undefined) {
    await countOpened(ctx, studentNo);
    ctx.disclosures.record(studentNo, PROOFS, ctx.ruling(PROOFS, studentNo).effect);
  }
  if (file && (isOwn || studentNo !== undefined)) return file;
  ctx.disclosures.refused([PROOFS]);
  throw fault('NOT_FOUND');
}

async function download(ctx: Context, question: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(DOWNLOAD));
  const { id } = JSON.parse(question.toString('utf8')) as { id: string };
  const file = await visibleFile(ctx, id);
  if (file.state !== 'CLEAN')
    throw fault('STATE_CONFLICT', '文件尚未通过安全扫描。 The file has not passed its scan.');
  const store = await storeOf(ctx.office?.config.files);
  const key = keyOfFile(ctx.keyring, file);
  const sealed = await store.get(file.storedAs);
  if (!key || !sealed) throw fault('SUBGRAPH_UNAVAILABLE', '文件暂不可用。 The file is not there.');
  const bytes = openBytes(key, sealed, boundToFile(file.id));
  return attachment(bytes, file.mediaType, `${file.id}.${endingOf(file.mediaType)}`);
}

/** `POST /file` with `{ id }` */
export const downloadRoute: PersonRoute = {
  bodyAtMost: QUESTION_AT_MOST,
  arrivalMs: FILE_ARRIVAL_MS,
  answer: download,
};
