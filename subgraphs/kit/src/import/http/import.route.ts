/** Files that the gateway brings to an office, signed over their bytes and what is said of them (F-13). */
import { comesAsFile } from '../../action/endpoints.js';
import { CALL_HEADER, verifyHead } from '../../call/call.js';
import {
  faultAnswer,
  json,
  refusal,
  type ArrivingRequest,
  type ArrivingRoute,
  type HttpResponse,
} from '../../call/http.js';
import type { Identity } from '../../call/identity.js';
import { GATEWAY } from '../../call/keyring.js';
import { spooled, type Spooled } from '../../call/spool.js';
import { forkOf } from '../../database/orm.js';
import { fault, isFault } from '../../errors.js';
import type { OfficeParts } from '../../server/office-parts.js';
import type { BatchError } from '../batch.publish.js';
import type { ImportJob } from '../job.js';
import { propose } from '../propose.js';
import { keepRejected } from '../rejected-store.js';
import { requirePurpose } from '../require-action.js';
import { readOptions } from './import-options.js';
import { FILE_ARRIVAL_MS, FILE_AT_MOST, FILE_STALL_MS, filePlaces } from './limits.js';

/** Path of the office's own answer: `/imports/bills`. */
export const IMPORT_PATH = '/imports';

const headerOf = ({ headers }: Pick<ArrivingRequest, 'headers'>): string | undefined => {
  const value = headers[CALL_HEADER];
  return Array.isArray(value) ? value[0] : value;
};

interface Brought {
  readonly file: Spooled;
  readonly query: URLSearchParams;
  readonly identity: Identity;
}

/** Read the file into a batch; what is rejected is kept with it. */
async function bring(office: OfficeParts, job: ImportJob, { file, query, identity }: Brought) {
  let errors: readonly BatchError[] = [];
  const onRejected = (first: readonly BatchError[]) => void (errors = first);
  const options = { ...(await readOptions(query, job.kind, file.path)), onRejected };
  // The bytes that were signed: `propose` reads them anew, and says of which digest they are.
  const authorize = (digest: string): Promise<Identity> =>
    digest === file.digest ? Promise.resolve(identity) : Promise.reject(fault('UNAUTHENTICATED'));
  const { rejectedFile, ...report } = await propose(office, job, file.path, authorize, options);
  if (rejectedFile) {
    const { withValues = false } = options;
    await keepRejected(forkOf(office.orm), report.batchId, rejectedFile, withValues);
  }
  return json(200, { ...report, errors });
}

/** The route of an office for all its kinds that come as files. */
export function importRoute(office: OfficeParts, jobs: readonly ImportJob[]): ArrivingRoute {
  const { keyring, clock, log } = office.config;
  const kinds = jobs.filter(comesAsFile);
  const atOnce = filePlaces();
  const full = () => faultAnswer(fault('RATE_LIMITED', undefined, { retryAfterSeconds: 10 }));
  async function answer(request: ArrivingRequest): Promise<HttpResponse> {
    const { pathname, search, searchParams: query } = request.url;
    const path = `${pathname}${search}`;
    const call = await verifyHead(keyring, clock, [GATEWAY], headerOf(request), path);
    const { identity, digest } = call;
    if (!identity) throw fault('UNAUTHENTICATED');
    const job = kinds.find(({ kind }) => `${IMPORT_PATH}/${kind.name}` === pathname);
    if (!job) throw fault('NOT_FOUND');
    requirePurpose(identity, job.action);
    return atOnce(identity.subject, full, () =>
      spooled(request.arriving, (file) => {
        if (file.digest !== digest) throw fault('UNAUTHENTICATED');
        return bring(office, job, { file, query, identity });
      }),
    );
  }
  return {
    bodyAtMost: FILE_AT_MOST,
    arrivalMs: FILE_ARRIVAL_MS,
    stallMs: FILE_STALL_MS,
    async answer(request) {
      try {
        return await answer(request);
      } catch (error) {
        if (isFault(error) && error.extensions['code'] === 'UNAUTHENTICATED') {
          log.warn({ path: request.url.pathname, err: error.cause }, 'a call is refused');
          return refusal(401, 'UNAUTHENTICATED');
        }
        return faultAnswer(error);
      }
    },
  };
}
