/** Lets the gateway request an export, make its file once, and hand it out (3.6, L-12). */
import type { Context } from '@chengxin/kit/call/context';
import { forbiddenAction } from '@chengxin/kit/action/forbidden';
import {
  EXPORT_AT_MOST,
  EXPORT_FILE_TYPE,
  type MadeExport,
  type OpenedExport,
  type RequestedExport,
} from '@chengxin/kit/call/export-paths';
import { FILE_ARRIVAL_MS } from '@chengxin/kit/call/file-bounds';
import { attachment, json, type HttpResponse } from '@chengxin/kit/call/http';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import type { ChangeError } from '@chengxin/kit/change/errors';
import { make } from '@chengxin/kit/change/make-row';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { execute } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';
import { fault } from '@chengxin/kit/errors';
import { shutByTables } from '@chengxin/kit/privacy/verdict';
import type { PersonRoute } from '@chengxin/kit/server/office-definition';
import { GraphQLError } from 'graphql';
import { nameOf } from '../file/file-store.js';
import { storeOf } from '../file/stores.js';
import { ExportFormat, type BulkExport } from './bulk-export.entity.js';
import { bulkExport } from './bulk-export.noun.js';
import { requested, requireCount } from './bulk-export.rules.js';

const [OK, CREATED] = [200, 201];
const REQUEST = 'export.request';
const DOWNLOAD = 'export.download';
/** Operation, variables and a public key. */
const QUESTION_AT_MOST = 64 * 1024;
const ARRIVAL_MS = 5000;
/** Beside the file stands little. */
const MADE_AT_MOST = EXPORT_AT_MOST + QUESTION_AT_MOST;

const filesOf = (ctx: Context) => storeOf(ctx.office?.config.files);

async function request(ctx: Context, body: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(REQUEST));
  const { role } = ctx.identity;
  // Whoever may not list students takes none as a file: the reporting account has its releases (SC-12).
  if (shutByTables(role, ['IDENTITY'], ['Query', 'students'])) throw forbiddenAction(role, REQUEST);
  await filesOf(ctx);
  const { clientMutationId, reason, format, ...wish } = JSON.parse(
    body.toString('utf8'),
  ) as RequestedExport;
  // How many there are now, and how the operation reads now, is not what the caller sent.
  const { operation, variables, publicKey } = wish;
  const input = { operation, variables, format, publicKey };
  const given = { clientMutationId, ...(reason !== undefined && { reason }), ...input };
  const payload = await make(ctx, REQUEST, bulkExport, given, (act) =>
    requested({ ...wish, format: ExportFormat[format] }, act),
  );
  const [error] = payload.errors as readonly ChangeError[];
  // Its message has the sentence of its code already.
  if (error)
    throw new GraphQLError(error.message, { extensions: { path: error.path, code: error.code } });
  const { id, state, version, studentCount, endsAt } = payload['bulkExport'] as BulkExport;
  return json(CREATED, { id, state, version, studentCount, endsAt });
}

/**
 * The export of the caller himself, in the role in which he requested it, approved and not over. To
 * everybody else it is none.
 */
const APPROVED = `
  select id as "exportId", operation_hash as "operationHash", variables, format,
    public_key as "publicKey", stored_as as "storedAs"
  from bulk_export
  where id = ?::uuid and recorded_by = ? and for_role = ? and state = 'APPROVED'
    and ends_at > ?::timestamptz`;

interface KeptExport extends OpenedExport {
  readonly storedAs: string | null;
}

async function approvedExport(
  { em, identity, now }: Context,
  id: string,
  lock = '',
): Promise<KeptExport> {
  if (!isUuid(id)) throw fault('NOT_FOUND');
  const named = [id, identity.subject, identity.role, now];
  const [row] = await execute<KeptExport>(em, `${APPROVED} ${lock}`, named);
  if (!row) throw fault('NOT_FOUND');
  return row;
}

/** The ciphertext; each time that it leaves is written down. */
async function handedOut(ctx: Context, id: string, storedAs: string): Promise<HttpResponse> {
  const body = await (await filesOf(ctx)).get(storedAs);
  if (!body) throw fault('NOT_FOUND');
  await ctx.transaction.step(() =>
    appendLine(ctx, {
      action: DOWNLOAD,
      target: { type: bulkExport.name, id },
      studentNo: undefined,
    }),
  );
  return attachment(body, EXPORT_FILE_TYPE, `export-${id}.jwe`);
}

async function open(ctx: Context, body: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(DOWNLOAD));
  const { exportId } = JSON.parse(body.toString('utf8')) as { readonly exportId: string };
  const { storedAs, ...opened } = await approvedExport(ctx, exportId);
  return storedAs ? handedOut(ctx, exportId, storedAs) : json(OK, opened satisfies OpenedExport);
}

const MADE = `
  update bulk_export set stored_as = ?, made_at = ?::timestamptz, student_count = ?
  where id = ?::uuid`;

async function made(ctx: Context, body: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(DOWNLOAD));
  const { exportId, studentNos, file } = JSON.parse(body.toString('utf8')) as MadeExport;
  requireCount(studentNos.length);
  const bytes = Buffer.from(file, 'ascii');
  const own = nameOf(bytes);
  const store = await filesOf(ctx);
  await store.put(own, bytes);
  const kept = async (): Promise<string> => {
    const { storedAs } = await approvedExport(ctx, exportId, 'for update');
    // Two requests at once make two files: the first that is kept is the one.
    if (storedAs) return storedAs;
    await execute(ctx.em, MADE, [own, ctx.now, studentNos.length, exportId]);
    return own;
  };
  let storedAs: string | undefined;
  try {
    storedAs = await ctx.transaction.step(kept);
  } finally {
    if (storedAs !== own) await store.remove(own);
  }
  // A list is one event with a count; who is taken as a file has one of his own (3.6, INV-12). It is
  // written in the transaction that keeps the file, before it leaves.
  for (const studentNo of studentNos) ctx.disclosures.record(studentNo, 'IDENTITY', 'ALLOW');
  return handedOut(ctx, exportId, storedAs);
}

const ofQuestion = { bodyAtMost: QUESTION_AT_MOST, arrivalMs: ARRIVAL_MS };

/** `POST /export-requested` with `RequestedExport`: waits for a second person from now on. */
export const exportRequestedRoute: PersonRoute = { ...ofQuestion, answer: request };
/** `POST /export-open` with `{ exportId }`: the file, or what it is to be made of. */
export const exportOpenRoute: PersonRoute = { ...ofQuestion, answer: open };
/** `POST /export-made` with `MadeExport`: the file as it is kept. */
export const exportMadeRoute: PersonRoute = {
  bodyAtMost: MADE_AT_MOST,
  arrivalMs: FILE_ARRIVAL_MS,
  answer: made,
};
