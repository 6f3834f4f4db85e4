/** How the text of a PDF breaks, and which characters the font of a copy has. */
import { newDocument, typeFor } from '@chengxin/gateway/export/pdf/drawing';
import { fontOf, sliceOf } from '@chengxin/gateway/export/pdf/fonts';
import {
  linesOf,
  paginate,
  printable,
  type Paragraph,
  type Type,
} from '@chengxin/gateway/export/pdf/layout';
import { describe, expect, test } from 'vitest';

/** Every character as wide as its size is high, ASCII half of it. */
const TYPE: Type = {
  sliceOf(character) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff) return undefined;
    return code < 0x80 ? 'a' : 'c';
  },
  widthOf: (slice) => (slice === 'a' ? 0.5 : 1),
};
const said = (text: string, width: number): string[] =>
  linesOf({ text, size: 10 }, width, TYPE).map((runs) => runs.map((run) => run.text).join(''));

test('a character that a slice lists and the font lacks stands by its number, too', async () => {
  const text = '诚鿰信🌸。';
  const type = await typeFor(newDocument('', '2026-04-12T00:00:00Z'), [text]);
  const [runs] = linesOf({ text, size: 10 }, 1000, type);
  expect(runs?.map((run) => run.text).join('')).toBe('诚〔U+9FF0〕信〔U+1F338〕。');
});

describe('Lines', () => {
  test.each([
    ['Chinese breaks between any two characters', '诚信档案', 20, ['诚信', '档案']],
    ['a word stays whole', 'own copy', 20, ['own ', 'copy']],
    ['a word longer than a line breaks anywhere', 'abcdefgh', 20, ['abcd', 'efgh']],
    ['a line end is one', '诚\n信', 100, ['诚', '信']],
    ['an empty text is one line', '', 100, ['']],
    ['what the font lacks stands by its number', '𠮷', 1000, ['〔U+20BB7〕']],
    ['a control character is a space', 'a\u0007b', 100, ['a b']],
  ])('%s', (_, text, width, lines) => {
    expect(said(text, width)).toEqual(lines);
  });

  test('characters of one slice stand in one run, as wide as they are', () => {
    expect(linesOf({ text: 'ab诚信c', size: 10 }, 1000, TYPE)).toEqual([
      [
        { slice: 'a', text: 'ab', width: 10 },
        { slice: 'c', text: '诚信', width: 20 },
        { slice: 'a', text: 'c', width: 5 },
      ],
    ]);
  });
});

test('a page ends where no line has room any more', () => {
  const area = { x: 5, y: 7, width: 100, height: 31 };
  const paragraphs = ['一', '二', '三'].map((text) => ({ text, size: 10, above: 1 }));
  const pages = paginate(paragraphs, area, TYPE).map((lines) =>
    lines.map(({ runs, x, y }) => [runs[0]?.text, x, y]),
  );
  expect(pages).toEqual([
    [
      ['一', 5, 7],
      ['二', 5, 23],
    ],
    [['三', 5, 7]],
  ]);
});

test('what closes a text stands by its last line, a heading by the first of its own', () => {
  const area = { x: 0, y: 0, width: 100, height: 47 };
  const of = (text: string, more: Partial<Paragraph> = {}) => ({
    text,
    size: 10,
    above: 1,
    ...more,
  });
  const closing = of('尾', { keptWith: 'BEFORE' });
  const title = of('题', { keptWith: 'AFTER' });
  const pagesOf = (...paragraphs: readonly Paragraph[]) =>
    paginate(paragraphs, area, TYPE).map((lines) =>
      lines.map(({ runs }) => runs.map(({ text }) => text).join('')).join(''),
    );
  expect(pagesOf(of('一'), of('二'), of('三'), of('四'))).toEqual(['一二三', '四']);
  expect(pagesOf(of('一'), of('二'), of('三'), closing)).toEqual(['一二', '三尾']);
  expect(pagesOf(of('一'), of('二'), title, of('三\n四'), closing)).toEqual([
    '一二',
    '题三',
    '四尾',
  ]);
  // Longer than a page, it breaks as lines do.
  expect(pagesOf(of('一'), of('二', { keptWith: 'BEFORE' }), closing, closing, closing)).toEqual([
    '一二尾',
    '尾尾',
  ]);
});

describe('The font', () => {
  test('has the characters of names that are not common, and of the alphabet', () => {
    const missing = [...'诚信档案张龑堃喆淼翀ABCxyz0123（），。“”·'].filter((one) => !sliceOf(one));
    expect(missing).toEqual([]);
    expect(printable('张𠮷', { sliceOf })).toBe('张〔U+20BB7〕');
  });

  test('is TrueType, and read once', async () => {
    const slice = sliceOf('诚') ?? '';
    const font = await fontOf(slice);
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    expect(await fontOf(slice)).toBe(font);
  });
});
