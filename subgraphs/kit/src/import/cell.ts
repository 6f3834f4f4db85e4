/** What spreadsheets and input methods leave in a cell, taken away in one place. */

/** Cells that need no work; nearly all of them. */
const PLAIN = /^(?:[0-9A-Za-z\u4e00-\u9fff]|[0-9A-Za-z\u4e00-\u9fff][!-~\u4e00-\u9fff]*)$/;
/** Zero-width characters, direction marks and byte-order marks. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Spaces of one line: ideographic, non-breaking and the like. Line breaks stay. */
const SPACES = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
/** `="2024010317"`: how exports keep Excel from reading a code as a number. */
const WRAPPED = /^="([^"]*)"$/;
const FULL_WIDTH_WORD = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

const halve = (character: string): string =>
  String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET);

/** A cell for people: no outer spaces, digits and letters of ordinary width, no invisible marks. */
export function tidy(cell: string): string {
  if (PLAIN.test(cell)) return cell;
  const bare = cell.replace(INVISIBLE, '').replace(SPACES, ' ').trim();
  return (WRAPPED.exec(bare)?.[1]?.trim() ?? bare).replace(FULL_WIDTH_WORD, halve);
}

/** A cell for machines: also punctuation of ordinary width, and no apostrophe that marks text. */
export function narrow(cell: string): string {
  const text = tidy(cell).replace(FULL_WIDTH, halve).replace('￥', '¥');
  return text.startsWith("'") ? text.slice(1).trim() : text;
}

/** A name for comparison: case, width, spaces and underscores make no difference. */
export const fold = (name: string): string =>
  narrow(name)
    .toLowerCase()
    .replace(/[\s_]+/g, '');
