/** Where the encrypted bytes of files lie: by the hash of what is stored. */
import { digestStream } from '@chengxin/kit/call/crypto';

export interface FileStore {
  /** Put bytes under their name; to put the same again is no fault. */
  put(name: string, bytes: Buffer): Promise<void>;
  /** The bytes of a name; undefined where nothing lies. */
  get(name: string): Promise<Buffer | undefined>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
}

/** The name of bytes in every store: their digest, in 64 hexadecimal digits. */
export const nameOf = (bytes: Buffer): string => digestStream().update(bytes).digest('hex');
