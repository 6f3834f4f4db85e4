/** The resident ID number at rest: ciphertext, bound to its student. Never an argument or a cursor. */
import { deriveKey, mac, open, seal } from '@chengxin/kit/call/crypto';

const keyOf = (dataKey: Buffer): Buffer => deriveKey(dataKey, 'id-number');

export const sealIdNumber = (dataKey: Buffer, studentNo: string, idNumber: string): string =>
  seal(keyOf(dataKey), idNumber, studentNo);

export const openIdNumber = (dataKey: Buffer, studentNo: string, sealed: string): string =>
  open(keyOf(dataKey), sealed, studentNo);

/** Keyed digest: equal numbers are seen as equal without being read. */
export const digestIdNumber = (dataKey: Buffer, idNumber: string): string =>
  mac(deriveKey(dataKey, 'id-number-digest'), idNumber);
