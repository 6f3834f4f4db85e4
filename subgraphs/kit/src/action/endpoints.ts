/** Endpoints beside the graph that take an action: rows whose entrance is `http:…` (INV-19). */
import { allActions, type Action } from './actions.js';

/** A file of rows, to one office. */
export const IMPORT_FILE = 'POST /imports/{office}/{kind}';
/** The rejected rows of a batch. */
export const REJECTED_ROWS = 'GET /imports/{id}/rejected.csv';

/** A proof, a scan: to the archive, and from it. */
export const FILE_UPLOAD = 'POST /files';
export const FILE_DOWNLOAD = 'GET /files/{id}';

/** A person's own copy of all that is held of him, from every office. */
export const EXPORT_OWN = 'GET /exports/my-archive';

/** Many students as a file: waits for a second person. */
export const EXPORT_REQUEST = 'POST /exports';
/** What was made to be taken: a frozen release, an approved export. */
export const EXPORT_DOWNLOAD = 'GET /exports/{id}';
/** The document of a report that a student hands over. */
export const REPORT_MAKE = 'POST /reports/{id}';
/** What the holder of a report learns of it. */
export const REPORT_VERIFY = 'GET /verify/{code}';

/** Which of the table's endpoints the product has by now. */
const BUILT: readonly string[] = [
  IMPORT_FILE,
  REJECTED_ROWS,
  FILE_UPLOAD,
  FILE_DOWNLOAD,
  EXPORT_OWN,
  EXPORT_REQUEST,
  EXPORT_DOWNLOAD,
  REPORT_MAKE,
  REPORT_VERIFY,
];

const isBy = (endpoint: string, { entrances }: Action): boolean =>
  entrances.includes(`http:${endpoint}`);

/** Rows of an office that are taken by an endpoint. */
export const actionsBy = (endpoint: string, office?: string): readonly Action[] =>
  allActions().filter(
    (action) => isBy(endpoint, action) && (office === undefined || action.office === office),
  );

/**
 * INV-19 for endpoints: each that is served has a row in the table, each that counts as built is served.
 *
 * @throws Error naming all that is wrong.
 */
export function checkEndpoints(served: Iterable<string>): void {
  const own = new Set(served);
  const faults = [
    ...[...own].flatMap((one) => (actionsBy(one).length ? [] : [`${one} has no row`])),
    ...[...own].flatMap((one) => (BUILT.includes(one) ? [] : [`${one} is not listed as built`])),
    ...BUILT.flatMap((one) => (own.has(one) ? [] : [`${one} is listed as built and not served`])),
  ];
  if (faults.length) throw new Error(`The gateway does not start: ${faults.join('; ')}.`);
}

/** Whether a kind of import comes as a file over HTTP: the row of its action says so. */
export const comesAsFile = ({ action }: { readonly action: string }): boolean =>
  actionsBy(IMPORT_FILE).some(({ name }) => name === action);

/**
 * The same for what an office takes by files: each of its rows has a kind.
 *
 * @param jobs  Its kinds, with their actions.
 * @throws Error naming all that is wrong.
 */
export function checkImports(office: string, jobs: readonly { readonly action: string }[]): void {
  const taken = new Set(jobs.map(({ action }) => action));
  const idle = actionsBy(IMPORT_FILE, office).filter(({ name }) => !taken.has(name));
  const names = idle.map(({ name }) => name).join(', ');
  if (names) throw new Error(`${office} does not start: no kind of import takes ${names}.`);
}
