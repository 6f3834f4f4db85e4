/** Texts that people write into arguments: as long as a file may have them, and printable (F-13). */
import { invalid } from './errors.js';

/** Control characters but tab and line ends, and those that turn the direction of a text. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]|\p{Cs}/u;

/** Most characters of a reason, and of what a person sets out at length. */
export const REASON_AT_MOST = 500;
export const STATEMENT_AT_MOST = 4000;
const KEY_AT_MOST = 100;

/** @throws VALIDATION for a text that is too long or not printable, naming the argument. */
export function checkText(path: string, text: string, atMost: number): void {
  if (text.length > atMost)
    throw invalid(path, `不得超过 ${atMost} 个字。 No longer than ${atMost} characters.`);
  if (UNPRINTABLE.test(text))
    throw invalid(path, '含有不可见字符。 It holds unprintable characters.');
}

/** @throws VALIDATION for an idempotency key that is blank, too long or not printable. */
export function checkKey(clientMutationId: string): void {
  if (!clientMutationId.trim())
    throw invalid('clientMutationId', '不能为空。 It must not be blank.');
  checkText('clientMutationId', clientMutationId, KEY_AT_MOST);
}
