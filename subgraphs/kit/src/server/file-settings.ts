/** Where uploaded files lie, and who scans them (F-14). Read once; the archive alone uses it. */

type Environment = Readonly<Record<string, string | undefined>>;

/** A folder of this machine, or a bucket of an S3-compatible service. */
export type StoreSettings =
  | { readonly folder: string }
  | {
      /** `https://s3.example.edu` */
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/** A scanner that speaks ICAP (RFC 3507). */
export interface ScannerSettings {
  readonly host: string;
  readonly port: number;
  /** `/avscan` */
  readonly service: string;
}

export interface FileSettings {
  readonly store: StoreSettings;
  /** Without one, files stay in quarantine for ever. */
  readonly scanner?: ScannerSettings;
}

const ICAP_PORT = 1344;

function storeOf(env: Environment): StoreSettings | undefined {
  const folder = env['FILE_FOLDER'];
  const endpoint = env['FILE_S3_ENDPOINT'];
  if (folder && endpoint) throw new Error('Set FILE_FOLDER or FILE_S3_ENDPOINT, not both.');
  if (folder) return { folder };
  if (!endpoint) return undefined;
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Error('FILE_S3_ENDPOINT is no address, as https://s3.example.edu.');
  const bucket = env['FILE_S3_BUCKET'];
  const accessKeyId = env['FILE_S3_KEY_ID'];
  const secretAccessKey = env['FILE_S3_SECRET'];
  if (!bucket || !accessKeyId || !secretAccessKey)
    throw new Error('FILE_S3_ENDPOINT needs FILE_S3_BUCKET, FILE_S3_KEY_ID and FILE_S3_SECRET.');
  const region = env['FILE_S3_REGION'] || 'us-east-1';
  return { endpoint, region, bucket, accessKeyId, secretAccessKey };
}

function scannerOf(env: Environment): ScannerSettings | undefined {
  const address = env['FILE_SCANNER'];
  if (!address) return undefined;
  const url = URL.parse(address);
  if (url?.protocol !== 'icap:' || !url.hostname || url.pathname.length < 2)
    throw new Error('FILE_SCANNER is no address, as icap://127.0.0.1:1344/avscan.');
  return { host: url.hostname, port: Number(url.port || ICAP_PORT), service: url.pathname };
}

/**
 * What the environment says; nothing where no store is named, and then no file is taken.
 *
 * @throws Error naming the setting that is wrong.
 */
export function fileSettingsOf(env: Environment): FileSettings | undefined {
  const store = storeOf(env);
  const scanner = scannerOf(env);
  return store && { store, ...(scanner && { scanner }) };
}
