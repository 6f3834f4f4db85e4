import { isAscii } from 'node:buffer';

/**
 * Running checks of bytes against the two encodings, for files too large to hold. Chunks may cut
 * characters anywhere.
 */
interface Validity {
  accept(chunk: Uint8Array): void;
  /** To be called once, after the last chunk: a character may be cut off there. */
  finish(): void;
}

/** What was seen of UTF-8. */
export interface Utf8Validity extends Validity {
  /** Byte offset of the first violation. */
  readonly brokenAt: number | null;
  readonly broken: number;
  /** Characters of more than one byte. */
  readonly wide: number;
  /** Those that are hardly GB18030: three or four bytes, or a second byte below 0xA1. */
  readonly typical: number;
}

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
export function utf8Validity(): Utf8Validity {
  const seen = { brokenAt: null as number | null, broken: 0, wide: 0, typical: 0 };
  let [offset, left, low, high, isTypical] = [0, 0, 0x80, 0xbf, false];

  const violated = (): void => {
    seen.broken += 1;
    seen.brokenAt ??= offset;
    left = 0;
  };
  const lead = (byte: number): void => {
    [low, high, isTypical] = [0x80, 0xbf, byte >= 0xe0];
    if (byte >= 0xc2 && byte <= 0xdf) left = 1;
    else if (byte >= 0xe0 && byte <= 0xef) left = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) left = 3;
    else return violated();
    if (byte === 0xe0) low = 0xa0;
    if (byte === 0xed) high = 0x9f;
    if (byte === 0xf0) low = 0x90;
    if (byte === 0xf4) high = 0x8f;
  };
  const follow = (byte: number): void => {
    if (byte < low || byte > high) {
      violated();
      if (byte >= 0xc0) lead(byte);
      return;
    }
    if (byte < 0xa1) isTypical = true;
    [low, high] = [0x80, 0xbf];
    left -= 1;
    if (left > 0) return;
    seen.wide += 1;
    if (isTypical) seen.typical += 1;
  };
  return Object.assign(seen, {
    accept(chunk: Uint8Array): void {
      if (left === 0 && isAscii(chunk)) {
        offset += chunk.length;
        return;
      }
      for (const byte of chunk) {
        if (left > 0) follow(byte);
        else if (byte >= 0x80) lead(byte);
        offset += 1;
      }
    },
    finish(): void {
      if (left > 0) violated();
    },
  });
}

/** GB18030 by the ranges of its one, two and four byte forms. */
export function gb18030Validity(): Validity & { readonly brokenAt: number | null } {
  const seen = { brokenAt: null as number | null };
  let [offset, place] = [0, 0];

  /** Which byte of a character comes next, or -1 when this one cannot stand here. */
  const next = (byte: number): number => {
    const isLead = byte >= 0x81 && byte <= 0xfe;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (place === 0) return byte < 0x80 ? 0 : isLead ? 1 : -1;
    if (place === 1 && isDigit) return 2;
    if (place === 1) return byte >= 0x40 && byte <= 0xfe && byte !== 0x7f ? 0 : -1;
    if (place === 2) return isLead ? 3 : -1;
    return isDigit ? 0 : -1;
  };
  return Object.assign(seen, {
    accept(chunk: Uint8Array): void {
      if (seen.brokenAt !== null) return;
      if (place === 0 && isAscii(chunk)) {
        offset += chunk.length;
        return;
      }
      for (const byte of chunk) {
        place = next(byte);
        if (place < 0) {
          seen.brokenAt = offset;
          return;
        }
        offset += 1;
      }
    },
    finish(): void {
      if (place > 0) seen.brokenAt ??= offset;
    },
  });
}
