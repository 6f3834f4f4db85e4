/**
 * Students as a file: requested here, approved in the graph, made when its person first fetches it, by
 * the graph's own path as that person (3.6, L-12, G20.1).
 */
import { actionsBy, EXPORT_REQUEST } from '@chengxin/kit/action/endpoints';
import {
  EXPORT_AT_MOST,
  EXPORT_FILE_TYPE,
  EXPORT_MADE_PATH,
  EXPORT_OPEN_PATH,
  EXPORT_REQUESTED_PATH,
  type MadeExport,
  type OpenedExport,
  type RequestedExport,
} from '@chengxin/kit/call/export-paths';
import type { HttpRequest, HttpResponse } from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Clock } from '@chengxin/kit/clock';
import { fault } from '@chengxin/kit/errors';
import { filePlaces } from '@chengxin/kit/import/http/limits';
import { OfficeDown, type OfficeCaller, type SignedBytes } from '../../fetch/signed-post.js';
import { authorized, type Identify } from '../../identity/authorized.js';
import type { KnownOperations } from '../../limits/known-operations.js';
import type { SchemaView } from '../../limits/schema-view.js';
import { DECIDING_OFFICE } from '../../offices.js';
import type { ExecuteAs } from '../gather.js';
import { encrypted, exportText } from './export-file.js';
import { exportOperations } from './export-operations.js';
import { readExportWish } from './export-wish.js';
import { countStudents, readStudents } from './read-students.js';

export interface BulkParts {
  readonly identify: Identify;
  readonly caller: OfficeCaller;
  readonly execute: ExecuteAs;
  readonly known: KnownOperations;
  readonly view: () => SchemaView;
  readonly clock: Clock;
}

export interface BulkExports {
  /** @throws PURPOSE_REQUIRED, VALIDATION, OPERATION_UNKNOWN, FORBIDDEN_ACTION, SUBGRAPH_UNAVAILABLE; OfficeDown. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The archive's answer: the file, or why there is none; NOT_FOUND for what is no export of his. */
  fetch(identity: Identity, exportId: string): Promise<SignedBytes>;
}

const OK = 200;
const UNAVAILABLE = 503;
const RETRY_SECONDS = 10;

export function bulkExports(parts: BulkParts): BulkExports {
  const { identify, caller, execute, known, view, clock } = parts;
  const operations = exportOperations(known);
  const atOnce = filePlaces();
  const byHash = new Map([...operations.values()].map((one) => [one.hash, one]));

  async function call(path: string, question: object, identity: Identity): Promise<SignedBytes> {
    const answer = await caller.exchange(DECIDING_OFFICE, path, JSON.stringify(question), identity);
    if (answer.status === UNAVAILABLE || answer.status === 401)
      throw new OfficeDown(`The archive answered ${answer.status}.`);
    return answer;
  }

  /** The file, which the archive keeps; the answer is what it has kept. */
  async function make(identity: Identity, opened: OpenedExport): Promise<SignedBytes> {
    const { exportId, operationHash, variables, format, publicKey } = opened;
    const operation = byHash.get(operationHash);
    // The deployment took it away, or changed it: what was approved is not what would leave.
    if (!operation) throw fault('OPERATION_UNKNOWN');
    const students = await readStudents({ execute, identity, variables }, operation);
    const watermark = {
      exportNo: exportId,
      exportedBy: identity.subject,
      exportedAt: clock.now().toISOString(),
    };
    const file = await encrypted(await exportText(format, students, watermark), publicKey);
    if (file.length > EXPORT_AT_MOST)
      throw fault('VALIDATION', '文件过大，请缩小范围。 The file is too large: narrow the filter.');
    const studentNos = students.map(({ studentNo }) => String(studentNo));
    const made: MadeExport = { exportId, studentNos, file };
    return call(EXPORT_MADE_PATH, made, { ...identity, operationName: operation.name });
  }

  return {
    async request(request) {
      const identity = await authorized(identify, request, actionsBy(EXPORT_REQUEST), false);
      const wish = await readExportWish(request.body, operations, view().schema);
      const { operation, ...given } = wish;
      const { variables } = given;
      const studentCount = await countStudents({ execute, identity, variables }, operation);
      const { name, hash: operationHash } = operation;
      const question = { ...given, operation: name, operationHash, studentCount };
      const sent: RequestedExport = question;
      const { status, bytes } = await call(EXPORT_REQUESTED_PATH, sent, identity);
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'x-request-id': identity.requestId,
      };
      return { status, headers, body: bytes };
    },
    async fetch(identity, exportId) {
      const answer = await call(EXPORT_OPEN_PATH, { exportId }, identity);
      const isMade = answer.headers['content-type'] === EXPORT_FILE_TYPE;
      if (answer.status !== OK || isMade) return answer;
      const opened = JSON.parse(answer.bytes.toString('utf8')) as OpenedExport;
      const full = (): never => {
        throw fault('RATE_LIMITED', undefined, { retryAfterSeconds: RETRY_SECONDS });
      };
      return atOnce<SignedBytes>(identity.subject, full, () => make(identity, opened));
    },
  };
}
