/** Path of the gateway where a person takes a copy of what is held of him (L-11). */
export const OWN_EXPORT_PATH = '/exports/my-archive';
/** Path of the archive that writes down that one was taken. */
export const EXPORTED_PATH = '/exported';
/** Path of the gateway of what was made to be taken: a frozen release, by its number. */
export const EXPORTS_PATH = '/exports';
/** Path of the archive that hands out a release as a file. */
export const RELEASED_PATH = '/released';

/** What a release may be as a file. */
export const RELEASE_FORMATS = ['csv', 'xlsx', 'parquet'] as const;
export type ReleaseFormat = (typeof RELEASE_FORMATS)[number];
/** In which letters a CSV is written. */
export const RELEASE_ENCODINGS = ['utf-8', 'gb18030'] as const;
export type ReleaseEncoding = (typeof RELEASE_ENCODINGS)[number];
export interface ReleaseQuestion {
  readonly releaseId: string;
  readonly format: ReleaseFormat;
  /** Of a CSV alone. */
  readonly encoding: ReleaseEncoding;
}

/** Paths of the archive by which the gateway requests an export of students, makes its file and fetches it. */
export const EXPORT_REQUESTED_PATH = '/export-requested';
export const EXPORT_OPEN_PATH = '/export-open';
export const EXPORT_MADE_PATH = '/export-made';

/** What the file of such an export is: JWE in its compact form (RFC 7516). */
export const EXPORT_FILE_TYPE = 'application/jose';
/** Bytes of its ciphertext: 500 students of some kilobytes each. */
export const EXPORT_AT_MOST = 8 * 1024 * 1024;

/** What a person requests, once the gateway has made out which operation it is. */
export interface RequestedExport {
  readonly clientMutationId: string;
  readonly reason?: string;
  /** Name of the known operation, and the SHA-256 of its text. */
  readonly operation: string;
  readonly operationHash: string;
  readonly variables: Record<string, unknown>;
  readonly format: 'NDJSON' | 'CSV' | 'XLSX';
  /** Public JWK to which the file is encrypted. */
  readonly publicKey: Record<string, unknown>;
  readonly studentCount: number;
}

/** What the file of an approved export is made of. */
export interface OpenedExport extends Pick<
  RequestedExport,
  'operationHash' | 'variables' | 'format' | 'publicKey'
> {
  readonly exportId: string;
}

export interface MadeExport {
  readonly exportId: string;
  /** Whom it is of: each has an access event of his own. */
  readonly studentNos: readonly string[];
  /** JWE, compact. */
  readonly file: string;
}
