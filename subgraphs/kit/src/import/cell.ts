/** What spreadsheets and input methods leave in a cell, taken away in one place. */

/** Cells that need no work; nearly all of them. */
const PLAIN = /^(?:[0-9A-Za-z\u4e00-\u9fff]|[0-9A-Za-z\u4e00-\u9fff][!-~\u4e00-\u9fff]*)$/;
/** What Unicode says is not seen: joiners, soft hyphens, direction and byte-order marks, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Spaces that look like an ordinary one. Line breaks stay, and so does the wide space inside a name. */
const SPACES = /[\u00a0\u2000-\u200a\u202f]/g;
const WIDE_SPACE = /\u3000/g;
/** Half a character, a character of private use (nobody knows which), and what is none. */
const NO_CHARACTER = /[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/u;
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
  const text = tidy(cell).replace(FULL_WIDTH, halve).replace(WIDE_SPACE, ' ').replace('￥', '¥');
  return text.startsWith("'") ? text.slice(1).trim() : text;
}

/** A name for comparison: case, width, spaces and underscores make no difference. */
export const fold = (name: string): string =>
  narrow(name)
    .toLowerCase()
    .replace(/[\s_]+/g, '');

/** Whether a cell holds something that is no character for everybody who reads it. */
export const holdsNoCharacter = (cell: string): boolean =>
  !PLAIN.test(cell) && NO_CHARACTER.test(cell);
