/**
 * A backup as a file: frames of some 256 KiB, each compressed and encrypted by itself under a key of
 * this file alone, bound to its place. The last one says that it is the last, so nothing can be cut
 * off, left out or moved without being found.
 */
import { open as openFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { deriveKey, digestStream, openBytes, sealBytes } from '../call/crypto.js';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** A table begins; rows of it; the sequences; the end of the backup. */
const KINDS = ['TABLE', 'ROWS', 'SEQUENCES', 'END'] as const;

export interface Frame {
  readonly kind: (typeof KINDS)[number];
  readonly bytes: Buffer;
}

/** How a file came out. */
export interface Written {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const LENGTH_BYTES = 4;
/** No frame is longer; what says so was altered. */
const FRAME_AT_MOST = 16 * 1024 * 1024;

const keyOf = (key: Buffer, id: string): Buffer => deriveKey(key, `backup ${id}`);
const boundTo = (id: string, place: number): string => `${id} ${place}`;

/** Write frames to a file that is not there yet, down to the disk. */
export async function writeFrames(
  file: string,
  { key, id }: { readonly key: Buffer; readonly id: string },
  frames: AsyncIterable<Frame>,
): Promise<Written> {
  const own = keyOf(key, id);
  const digest = digestStream();
  const handle = await openFile(file, 'wx', 0o600);
  let bytes = 0;
  let place = 0;
  try {
    for await (const frame of frames) {
      const kind = Buffer.of(KINDS.indexOf(frame.kind));
      const plain = Buffer.concat([kind, await deflate(frame.bytes)]);
      const sealed = sealBytes(own, plain, boundTo(id, place));
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(sealed.length);
      for (const part of [length, sealed]) {
        digest.update(part);
        await handle.writeFile(part);
        bytes += part.length;
      }
      place += 1;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: digest.digest('hex') };
}

/**
 * The frames of a file.
 *
 * @throws Error naming the place that was altered, or that its end is missing.
 */
export async function* readFrames(
  file: string,
  { key, id }: { readonly key: Buffer; readonly id: string },
): AsyncGenerator<Frame> {
  const own = keyOf(key, id);
  const handle = await openFile(file, 'r');
  try {
    let at = 0;
    const next = async (length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await handle.read(bytes, 0, length, at);
      if (bytesRead < length) throw new Error(`${file} is cut off after ${at + bytesRead} bytes.`);
      at += length;
      return bytes;
    };
    for (let place = 0; ; place += 1) {
      const begin = at;
      const length = (await next(LENGTH_BYTES)).readUInt32BE();
      if (length > FRAME_AT_MOST) throw new Error(`${file} was altered at byte ${begin}.`);
      const sealed = await next(length);
      const plain = opened(own, sealed, boundTo(id, place));
      if (!plain) throw new Error(`${file} was altered at byte ${begin}.`);
      const kind = KINDS[plain[0] ?? -1];
      if (!kind) throw new Error(`${file}: byte ${begin} is of a later version.`);
      yield { kind, bytes: await inflate(plain.subarray(1)) };
      if (kind === 'END') return;
    }
  } finally {
    await handle.close();
  }
}

function opened(key: Buffer, sealed: Buffer, bound: string): Buffer | undefined {
  try {
    return openBytes(key, sealed, bound);
  } catch {
    return undefined;
  }
}

/** Digest of a whole file, hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const digest = digestStream();
  const handle = await openFile(file, 'r');
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false }))
      digest.update(chunk as Buffer);
  } finally {
    await handle.close();
  }
  return digest.digest('hex');
}
