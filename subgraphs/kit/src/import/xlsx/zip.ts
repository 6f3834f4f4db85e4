/** The parts of a workbook: a zip archive, read piece by piece and never wider than it may be. */
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { refusedFile } from '../reason.js';

/** What all parts may take up unpacked. A sheet of 100,000 rows and 60 columns needs less. */
const UNPACKED_AT_MOST = 512 * 1024 * 1024;
const PARTS_AT_MOST = 10_000;

export interface Zip {
  has(part: string): boolean;
  /** Size of a part when it is unpacked. */
  size(part: string): number;
  /** The text of a part; nothing when there is no such part. */
  text(part: string): AsyncIterable<string>;
  close(): void;
}

export const damaged = (cause?: unknown) =>
  Object.assign(
    refusedFile(
      '此 Excel 文件已损坏，请重新另存为 .xlsx 或 CSV。',
      'This Excel file is damaged. Save it anew as .xlsx or CSV.',
    ),
    { cause },
  );

const tooLarge = () =>
  refusedFile(
    '此 Excel 文件解压后过大，请拆分或另存为 CSV。',
    'This Excel file is too large when it is unpacked. Split it, or save it as CSV.',
  );

const open = (path: string): Promise<ZipFile> =>
  openPromise(path, { autoClose: false }).catch((cause: unknown) => {
    throw damaged(cause);
  });

/** Every part by its name; names make no difference of case (ECMA-376-2, 6.2.2.3). */
async function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > PARTS_AT_MOST) throw tooLarge();
  const parts = new Map<string, Entry>();
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      parts.set(entry.fileName.toLowerCase(), entry);
    }
  } catch (cause) {
    throw damaged(cause);
  }
  if (unpacked > UNPACKED_AT_MOST) throw tooLarge();
  return parts;
}

async function* textOf(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<string> {
  if (!entry) return;
  const stream = await zip.openReadStreamPromise(entry).catch((cause: unknown) => {
    throw damaged(cause);
  });
  stream.setEncoding('utf8');
  try {
    // A part that unpacks to more than it says ends here, with an error.
    for await (const piece of stream) yield piece as string;
  } catch (cause) {
    throw damaged(cause);
  }
}

/**
 * Open a zip archive; whoever opens it closes it.
 *
 * @throws `VALIDATION` for an archive that is damaged, or that says it unpacks to too much.
 */
export async function openZip(path: string): Promise<Zip> {
  const zip = await open(path);
  try {
    const parts = await listed(zip);
    const find = (part: string) => parts.get(part.toLowerCase());
    return {
      has: (part) => find(part) !== undefined,
      size: (part) => find(part)?.uncompressedSize ?? 0,
      text: (part) => textOf(zip, find(part)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}
