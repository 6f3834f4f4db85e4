/** The import command without a database: files, lists and decisions through the gateway (F-13). */
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { actionOf, nounOf, type Action } from '../action/actions.js';
import { fault } from '../errors.js';
import { OFFICE_WAITS_MS } from '../import/http/limits.js';
import type { ImportReport } from '../import/report.js';
import { refusalOf } from '../import/authority.js';
import type { OfficeDefinition } from '../server/office-definition.js';

/** Through which gateway, as whom, to which office. */
export interface Through {
  readonly gateway: string;
  readonly token: string;
  readonly office: OfficeDefinition;
}

export interface FileOptions {
  readonly basis?: string | undefined;
  readonly encoding?: string | undefined;
  readonly emptyClears?: string | undefined;
  /** File of a mapping. */
  readonly map?: string | undefined;
  readonly dryRun: boolean;
  readonly allOrNothing: boolean;
  readonly withValues: boolean;
}

const OWNER_ALONE = 0o600;

const bearer = ({ token }: Through) => ({ authorization: `Bearer ${token}` });

async function queryOf(file: string, options: FileOptions): Promise<URLSearchParams> {
  const { map, basis, encoding, emptyClears, dryRun, allOrNothing, withValues } = options;
  const mapping = map && (await readFile(map)).toString('base64url');
  const said = { name: basename(file), basis, encoding, emptyClears, mapping };
  const flags = { dryRun, allOrNothing, withValues };
  return new URLSearchParams([
    ...Object.entries(said).flatMap(([name, text]) =>
      text ? [[name, text] as [string, string]] : [],
    ),
    ...Object.entries(flags).flatMap(([name, isSet]) =>
      isSet ? [[name, 'true'] as [string, string]] : [],
    ),
  ]);
}

/** The list beside the file, for its owner alone, as the command without a gateway leaves it. */
async function fetchRejected(through: Through, batchId: string, file: string): Promise<string> {
  const url = new URL(`/imports/${batchId}/rejected.csv`, through.gateway);
  const answer = await request(url, { headers: bearer(through) });
  const bytes = Buffer.from(await answer.body.bytes());
  if (answer.statusCode !== 200) throw refusalOf(answer.statusCode, bytes.toString());
  const target = `${file}.rejected.csv`;
  const draft = `${target}.${process.pid}.part`;
  await rm(draft, { force: true });
  await writeFile(draft, bytes, { mode: OWNER_ALONE, flag: 'wx' });
  await rename(draft, target);
  return target;
}

/**
 * Bring a file to its office.
 *
 * @throws The error that the gateway sent.
 */
export async function bringFile(
  through: Through,
  kind: string,
  file: string,
  options: FileOptions,
): Promise<ImportReport> {
  const url = new URL(`/imports/${through.office.name}/${kind}`, through.gateway);
  url.search = (await queryOf(file, options)).toString();
  const answer = await request(url, {
    method: 'POST',
    headers: { ...bearer(through), 'content-type': 'application/octet-stream' },
    body: createReadStream(file),
    headersTimeout: OFFICE_WAITS_MS,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw refusalOf(answer.statusCode, text);
  const report = JSON.parse(text) as ImportReport;
  if (report.rejected === 0) return report;
  return { ...report, rejectedFile: await fetchRejected(through, report.batchId, file) };
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code?: string } }[];
}

/** One request of the graph in a role, under the purpose that an action wants of it. */
async function askAs(
  through: Through,
  role: string,
  purpose: string,
  query: string,
): Promise<Answer> {
  const answer = await request(new URL('/graphql', through.gateway), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...bearer(through),
      'x-role': role,
      'x-purpose': purpose,
    },
    body: JSON.stringify({ query }),
  });
  const text = await answer.body.text();
  const { data, errors } = JSON.parse(text) as Answer;
  const isRefused = !data || Object.values(data).every((value) => value === null);
  if (isRefused && errors?.length) throw refusalOf(answer.statusCode, text);
  return { data: data ?? null };
}

const isOtherRole = (error: unknown): boolean =>
  (error as { extensions?: { code?: string } }).extensions?.code === 'FORBIDDEN_ACTION';

/** The same in the first of the roles of some actions that the person holds. */
async function ask(through: Through, actions: readonly Action[], query: string) {
  const rights = actions.flatMap((action) => [...action.rights]);
  let refused: unknown = fault('FORBIDDEN_ACTION');
  for (const [role, { purpose }] of rights) {
    try {
      return await askAs(through, role, purpose, query);
    } catch (error) {
      if (!isOtherRole(error)) throw error;
      refused = error;
    }
  }
  throw refused;
}

/** A batch as its reviewer sees it before he approves it. */
export interface SeenBatch {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly state: string;
  readonly byForm: boolean;
  readonly basisDocNo: string | null;
  readonly rows: number;
  readonly appliedRows: number;
  readonly rejected: number;
  readonly added: number | null;
  readonly recordedAt: string;
  readonly failure: string | null;
  readonly columns: readonly { heading: string; changed: number; cleared: number }[] | null;
  readonly errors: readonly { line: number; column: string | null; reason: string }[] | null;
}

const FIELDS = `id version kind state byForm basisDocNo rows appliedRows rejected added recordedAt failure
  columns { heading changed cleared } errors { line column reason }`;

const actionsOf = ({ office }: Through, part: 'action' | 'approval'): Action[] =>
  [...new Set(office.imports.flatMap((job) => job[part] ?? []))].flatMap(
    (name) => actionOf(name) ?? [],
  );
const everybody = (through: Through): Action[] => [
  ...actionsOf(through, 'approval'),
  ...actionsOf(through, 'action'),
];

/** What waits for a reviewer, and what a job is applying. */
const OPEN_STATES = ['PROPOSED', 'APPROVING'] as const;

/** What waits, the latest first of each state. */
export async function listBatches(through: Through): Promise<readonly SeenBatch[]> {
  const name = `${through.office.name}ImportBatches`;
  const inState = (state: string) =>
    `${state}: ${name}(first: 50, filter: { state: "${state}" }) { nodes { ${FIELDS} } }`;
  const query = `{ ${OPEN_STATES.map(inState).join(' ')} }`;
  const { data } = await ask(through, everybody(through), query);
  const nodesOf = (state: string) =>
    (data?.[state] as { nodes: readonly SeenBatch[] } | null)?.nodes ?? [];
  return OPEN_STATES.flatMap(nodesOf);
}

async function seen(through: Through, actions: readonly Action[], id: string): Promise<SeenBatch> {
  const name = `${through.office.name}ImportBatch`;
  const query = `{ ${name}(id: ${JSON.stringify(id)}) { ${FIELDS} } }`;
  const { data } = await ask(through, actions, query);
  const batch = data?.[name] as SeenBatch | null | undefined;
  if (!batch) throw fault('NOT_FOUND', `batch ${id}`);
  return batch;
}

/** @throws NOT_FOUND */
export const showBatch = (through: Through, id: string): Promise<SeenBatch> =>
  seen(through, everybody(through), id);

interface Payload {
  readonly ok: boolean;
  readonly errors: readonly { readonly message: string }[];
  readonly results?: readonly Payload[];
}

/**
 * Approve a batch as it was seen.
 *
 * @returns The batch as it is now: large ones are applied by a job.
 * @throws Error with what stands in the payload; NOT_FOUND, FORBIDDEN_ACTION.
 */
export async function approveBatch(
  through: Through,
  id: string,
  reason: string,
): Promise<SeenBatch> {
  const reviewers = actionsOf(through, 'approval');
  const batch = await seen(through, reviewers, id);
  const { approval = '' } =
    through.office.imports.find(({ kind }) => kind.name === batch.kind) ?? {};
  const action = actionOf(batch.byForm ? `${nounOf(approval)}.approveMany` : approval);
  if (!action) throw fault('NOT_FOUND', `batch ${id}`);
  const said = `clientMutationId: "${randomUUID()}", reason: ${JSON.stringify(reason)}`;
  const one = `(${said}, id: "${batch.id}", expectedVersion: ${batch.version}) { ok errors { message } }`;
  const many = `(${said}, ids: ["${batch.id}"], expectedVersions: [${batch.version}])
    { ok errors { message } results { ok errors { message } } }`;
  const query = `mutation { ${action.entrance}${batch.byForm ? many : one} }`;
  const { data } = await ask(through, [action], query);
  const payload = data?.[action.entrance] as Payload;
  const [error] = [payload, ...(payload.results ?? [])].flatMap(({ errors }) => errors);
  if (error) throw new Error(error.message);
  return seen(through, reviewers, id);
}
