/** Takes an uploaded file: stored encrypted, in quarantine until it was scanned (F-14). */
import { randomUUID } from 'node:crypto';
import type { Context } from '@chengxin/kit/call/context';
import { sealBytes } from '@chengxin/kit/call/crypto';
import { FILE_ARRIVAL_MS, FILE_AT_MOST } from '@chengxin/kit/call/file-bounds';
import { json, type HttpResponse } from '@chengxin/kit/call/http';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { fault } from '@chengxin/kit/errors';
import type { PersonRoute } from '@chengxin/kit/server/office-definition';
import { DAY_MS, secondsToDayAfter } from '@chengxin/kit/clock';
import { nameOf } from './file-store.js';
import { boundToFile, insertFile, keyedDigest, newFileKey, earliestOfLast } from './file.loader.js';
import { MEDIA_TYPES, mediaTypeOf } from './media-type.js';
import { storeOf } from './stores.js';

const CREATED = 201;
const UPLOAD = 'file.upload';
/** Files of one person within a day. */
const FILES_A_DAY = 50;

/** @throws RATE_LIMITED with the seconds until there is room. */
async function requireRoom({ em, identity, now }: Context): Promise<void> {
  const since = new Date(now.getTime() - DAY_MS);
  const full = await earliestOfLast(em, identity.subject, { count: FILES_A_DAY, since });
  if (!full) return;
  const what = `每日最多上传 ${FILES_A_DAY} 个文件。 ${FILES_A_DAY} files a day at most.`;
  throw fault('RATE_LIMITED', what, { retryAfterSeconds: secondsToDayAfter(full, now) });
}

/** @throws VALIDATION for bytes that are no such file. */
async function typeOf(bytes: Buffer): Promise<string> {
  const mediaType = await mediaTypeOf(bytes);
  if (!mediaType)
    throw fault('VALIDATION', `只接受这些文件。 These files alone: ${MEDIA_TYPES.join(', ')}.`);
  return mediaType;
}

async function upload(ctx: Context, bytes: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(UPLOAD));
  const store = await storeOf(ctx.office?.config.files);
  const mediaType = await typeOf(bytes);
  await requireRoom(ctx);
  const { em, identity, keyring, now } = ctx;
  const id = randomUUID();
  const { key, sealedKey } = newFileKey(keyring, id);
  const sealed = sealBytes(key, bytes, boundToFile(id));
  const storedAs = nameOf(sealed);
  const { studentNo } = identity;
  const { length: size } = bytes;
  await store.put(storedAs, sealed);
  try {
    await ctx.transaction.step(async () => {
      await insertFile(em, {
        id,
        studentNo,
        uploadedBy: identity.subject,
        uploadedAt: now,
        mediaType,
        size,
        digest: keyedDigest(keyring, bytes),
        storedAs,
        sealedKey,
      });
      const target = { type: 'File', id };
      await appendLine(ctx, { action: UPLOAD, target, studentNo, after: { mediaType, size } });
    });
  } catch (error) {
    await store.remove(storedAs);
    throw error;
  }
  return json(CREATED, { id, mediaType, size, state: 'QUARANTINED' });
}

/** `POST /files` */
export const uploadRoute: PersonRoute = {
  bodyAtMost: FILE_AT_MOST,
  arrivalMs: FILE_ARRIVAL_MS,
  answer: upload,
};
