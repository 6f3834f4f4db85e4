/** Which characters a TrueType font has: its table `cmap` (ISO/IEC 14496-22, formats 4 and 12). Pure. */

const TABLES_AT = 12;
const TABLE_BYTES = 16;
const RECORD_BYTES = 8;
const GROUP_BYTES = 12;
const LAST = 0xffff;

type Span = readonly [first: number, last: number];

function tableAt(font: Buffer, tag: string): number {
  for (let place = 0; place < font.readUInt16BE(4); place += 1) {
    const at = TABLES_AT + place * TABLE_BYTES;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`The font has no table ${tag}.`);
}

function spansOf(font: Buffer, at: number): Span[] {
  const format = font.readUInt16BE(at);
  if (format === 12)
    return Array.from({ length: font.readUInt32BE(at + 12) }, (_, place): Span => {
      const group = at + 16 + place * GROUP_BYTES;
      return [font.readUInt32BE(group), font.readUInt32BE(group + 4)];
    });
  if (format !== 4) return [];
  const bytes = font.readUInt16BE(at + 6);
  return Array.from({ length: bytes / 2 }, (_, place): Span => {
    const last = at + 14 + place * 2;
    return [font.readUInt16BE(last + bytes + 2), font.readUInt16BE(last)];
  });
}

/** Code points that the font draws. */
export function codesOf(font: Buffer): ReadonlySet<number> {
  const cmap = tableAt(font, 'cmap');
  const codes = new Set<number>();
  for (let place = 0; place < font.readUInt16BE(cmap + 2); place += 1) {
    const record = cmap + 4 + place * RECORD_BYTES;
    for (const [first, last] of spansOf(font, cmap + font.readUInt32BE(record + 4)))
      for (let code = first; code <= last && code !== LAST; code += 1) codes.add(code);
  }
  return codes;
}
