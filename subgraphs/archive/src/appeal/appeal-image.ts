/** What stood in an item of the profile, and what stands in it since: ciphertext, bound to the appeal (G14.2). */
import { deriveKey, open, seal } from '@chengxin/kit/call/crypto';

const keyOf = (dataKey: Buffer): Buffer => deriveKey(dataKey, 'appeal image');

/** `{ "majorCode": "M0102" }` */
export const sealImage = (dataKey: Buffer, appealId: string, image: object): string =>
  seal(keyOf(dataKey), JSON.stringify(image), appealId);

/** As JSON text. */
export const openImage = (dataKey: Buffer, appealId: string, sealed: string): string =>
  open(keyOf(dataKey), sealed, appealId);
