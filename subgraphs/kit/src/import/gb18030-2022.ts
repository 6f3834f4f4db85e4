import iconv from 'iconv-lite';

/**
 * Bytes that older editions of GB 18030 gave to private use, and the characters that the edition of
 * 2022 names: decoders still follow the older ones.
 */
const NAMED: Readonly<Record<string, string>> = {
  '\ue78d': '\ufe10',
  '\ue78e': '\ufe12',
  '\ue78f': '\ufe11',
  '\ue790': '\ufe13',
  '\ue791': '\ufe14',
  '\ue792': '\ufe15',
  '\ue793': '\ufe16',
  '\ue794': '\ufe17',
  '\ue795': '\ufe18',
  '\ue796': '\ufe19',
  '\ue816': '\u{20087}',
  '\ue817': '\u{20089}',
  '\ue818': '\u{200cc}',
  '\ue81e': '\u9fb4',
  '\ue826': '\u9fb5',
  '\ue82b': '\u9fb6',
  '\ue82c': '\u9fb7',
  '\ue831': '\u{215d7}',
  '\ue832': '\u9fb8',
  '\ue83b': '\u{2298f}',
  '\ue843': '\u9fb9',
  '\ue854': '\u9fba',
  '\ue855': '\u{241fe}',
  '\ue864': '\u9fbb',
};
const MOVED = new RegExp(`[${Object.keys(NAMED).join('')}]`, 'g');

/** A text decoded from GB18030, with the characters of its present edition. */
export const asOf2022 = (text: string): string =>
  text.replace(MOVED, (character) => NAMED[character] ?? character);

const CODED = new Map(Object.entries(NAMED).map(([older, character]) => [character, older]));
const RENAMED = new RegExp([...CODED.keys()].join('|'), 'gu');

/** A text in GB18030, its present edition. */
export const inGb18030 = (text: string): Buffer =>
  iconv.encode(
    text.replace(RENAMED, (character) => CODED.get(character) ?? character),
    'gb18030',
  );
