/** What a file is by its bytes; what it is called or said to be counts for nothing (F-14). */
import { fileTypeFromBuffer } from 'file-type';

/** What may be a proof, with the ending under which it is handed out. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

export const MEDIA_TYPES: readonly string[] = Object.keys(ENDINGS);

/** The media type of bytes, where they may be a proof. */
export async function mediaTypeOf(bytes: Buffer): Promise<string | undefined> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  return mime !== undefined && mime in ENDINGS ? mime : undefined;
}

export const endingOf = (mediaType: string): string => ENDINGS[mediaType] ?? 'bin';
