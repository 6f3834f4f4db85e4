/** `GET /exports/my-archive`: the person's own copy of all that is held of him (L-11, F-08). */
import { actionsBy, EXPORT_OWN } from '@chengxin/kit/action/endpoints';
import { EXPORTED_PATH, OWN_EXPORT_PATH } from '@chengxin/kit/call/export-paths';
import {
  faultAnswer,
  type HttpResponse,
  type Route,
  type ServedRoutes,
} from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import { fault } from '@chengxin/kit/errors';
import type { Clock } from '@chengxin/kit/clock';
import { filePlaces } from '@chengxin/kit/import/http/limits';
import type { Log } from '@chengxin/kit/server/log';
import { errorAnswer } from '../fetch/error-answer.js';
import { OfficeDown, type OfficeCaller } from '../fetch/signed-post.js';
import { SAFE } from '../files/safe-headers.js';
import { authorized, type Identify } from '../identity/authorized.js';
import type { SchemaView } from '../limits/schema-view.js';
import { DECIDING_OFFICE } from '../offices.js';
import { gatherOwn, type ExecuteAs } from './gather.js';
import type { OwnArchive } from './own-archive.js';
import { ownArchivePdf } from './pdf/own-archive.pdf.js';

export interface ExportParts {
  readonly identify: Identify;
  readonly caller: OfficeCaller;
  readonly execute: ExecuteAs;
  readonly view: () => SchemaView;
  readonly clock: Clock;
  readonly log: Log;
}

const OK = 200;
const RETRY_SECONDS = 10;

interface Written {
  readonly type: string;
  readonly ending: string;
  write(archive: OwnArchive, view: SchemaView): Promise<string | Buffer>;
}

const JSON_INDENT = 2;
const FORMS: Readonly<Record<string, Written>> = {
  json: {
    type: 'application/json; charset=utf-8',
    ending: 'json',
    write: async (archive) => `${JSON.stringify(archive, null, JSON_INDENT)}\n`,
  },
  pdf: {
    type: 'application/pdf',
    ending: 'pdf',
    write: (archive, { schema }) => ownArchivePdf(archive, schema),
  },
};

/** @throws VALIDATION */
function formOf(url: URL): Written {
  const form = FORMS[url.searchParams.get('format') ?? 'json'];
  if (!form) throw fault('VALIDATION', `format: ${Object.keys(FORMS).join(', ')}.`);
  return form;
}

/**
 * The archive writes down that a copy was taken, before it leaves; it counts how many one takes.
 *
 * @throws OfficeDown where it does not.
 */
async function writeDown(
  { caller }: ExportParts,
  identity: Identity,
): Promise<HttpResponse | undefined> {
  const { status, text } = await caller.post(DECIDING_OFFICE, EXPORTED_PATH, '{}', identity);
  if (status === OK) return undefined;
  if (status >= 500 || status === 401) throw new OfficeDown('The archive has not written it down.');
  const { errors } = JSON.parse(text) as { errors: { extensions: Record<string, unknown> }[] };
  const seconds = errors[0]?.extensions['retryAfterSeconds'];
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const later = typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
  return { status, headers: { ...headers, ...later }, body: text };
}

async function exported(
  parts: ExportParts,
  identity: Identity,
  form: Written,
): Promise<HttpResponse> {
  const { execute, view, clock } = parts;
  // One schema for both, should it be swapped meanwhile.
  const seen = view();
  const archive = await gatherOwn(execute, seen, identity, clock.now());
  const body = await form.write(archive, seen);
  const refused = await writeDown(parts, identity);
  if (refused) return refused;
  const name = `chengxin-${archive.studentNo}.${form.ending}`;
  return {
    status: OK,
    headers: {
      ...SAFE,
      'content-type': form.type,
      'content-disposition': `attachment; filename="${name}"`,
      'x-request-id': identity.requestId,
    },
    body,
  };
}

/** Nothing of a copy is kept: it is made for each request, and leaves as a whole or not at all. */
function ownExport(parts: ExportParts): Route {
  const atOnce = filePlaces();
  return async (request) => {
    try {
      const form = formOf(request.url);
      const actions = actionsBy(EXPORT_OWN);
      const identity = await authorized(parts.identify, request, actions);
      const full = () =>
        faultAnswer(fault('RATE_LIMITED', undefined, { retryAfterSeconds: RETRY_SECONDS }));
      return await atOnce(identity.subject, full, () => exported(parts, identity, form));
    } catch (error) {
      return errorAnswer(error, parts.log, 'no copy is handed out');
    }
  };
}

/** Each endpoint of the action table that this file serves, with its route. */
export const exportEndpoints = (
  parts: ExportParts,
): { readonly endpoints: readonly string[]; readonly routes: ServedRoutes } => ({
  endpoints: [EXPORT_OWN],
  routes: { [`GET ${OWN_EXPORT_PATH}`]: ownExport(parts) },
});
