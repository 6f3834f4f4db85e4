/** Breaks texts into lines, and lines into pages. Pure. Lengths are in points. */

export interface Paragraph {
  readonly text: string;
  readonly size: number;
  /** From the left edge of the text. */
  readonly indent?: number;
  /** Space above. */
  readonly above?: number;
  /** Whole on the page of the last line before it, or of the first line after it. */
  readonly keptWith?: 'BEFORE' | 'AFTER';
}

/** Characters of one slice of the font, one after the other. */
export interface Run {
  readonly slice: string;
  readonly text: string;
  readonly width: number;
}

export interface Line {
  readonly runs: readonly Run[];
  readonly size: number;
  readonly x: number;
  /** Of the top of the line. */
  readonly y: number;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Type {
  sliceOf(character: string): string | undefined;
  /** Width of a character at a size of 1. */
  widthOf(slice: string, character: string): number;
}

export const LINE_HEIGHT = 1.5;
const HEX = 16;

const isControl = (character: string): boolean => /\p{Cc}/u.test(character);

/** What the number of a character is written with. */
export const OF_NUMBERS = '〔U+0123456789ABCDEF〕';

/** A text of characters that the font has: of another one its number stands there, `〔U+20BB7〕`. */
export const printable = (text: string, { sliceOf }: Pick<Type, 'sliceOf'>): string =>
  [...text]
    .map((character) => {
      if (isControl(character)) return ' ';
      if (sliceOf(character)) return character;
      return `〔U+${(character.codePointAt(0) ?? 0).toString(HEX).toUpperCase()}〕`;
    })
    .join('');

/** A word of ASCII with the space behind it, or one character: a line breaks between two of them. */
const ATOM = /[!-~]+ ?|./gsu;

interface Atom {
  readonly characters: readonly { readonly slice: string; readonly text: string }[];
  readonly width: number;
}

function atomsOf(text: string, size: number, width: number, type: Type): Atom[] {
  const measured = (word: string): Atom => {
    const characters = [...word].map((one) => ({ slice: type.sliceOf(one) ?? '', text: one }));
    const units = characters.map((one) => type.widthOf(one.slice, one.text));
    return { characters, width: size * units.reduce((sum, unit) => sum + unit, 0) };
  };
  return (text.match(ATOM) ?? []).flatMap((word) => {
    const atom = measured(word);
    // A word that is longer than a line breaks anywhere.
    return atom.width <= width ? [atom] : [...word].map(measured);
  });
}

/** Characters of one slice stand in one run. */
function runsOf(atoms: readonly Atom[], size: number, type: Type): Run[] {
  const runs: { slice: string; text: string; width: number }[] = [];
  for (const { slice, text } of atoms.flatMap(({ characters }) => characters)) {
    const width = size * type.widthOf(slice, text);
    const last = runs.at(-1);
    if (last?.slice === slice) {
      last.text += text;
      last.width += width;
    } else runs.push({ slice, text, width });
  }
  return runs;
}

/** The lines of a paragraph, each as its runs. */
export function linesOf({ text, size }: Paragraph, width: number, type: Type): Run[][] {
  return text.split(/\r?\n/).flatMap((part) => {
    const lines: Atom[][] = [[]];
    let used = 0;
    for (const atom of atomsOf(printable(part, type), size, width, type)) {
      if (used + atom.width > width && used > 0) {
        lines.push([]);
        used = 0;
      }
      lines.at(-1)?.push(atom);
      used += atom.width;
    }
    return lines.map((atoms) => runsOf(atoms, size, type));
  });
}

interface Flowing extends Omit<Line, 'y'> {
  readonly above: number;
  readonly height: number;
}

/** The lines of all paragraphs in blocks, between which a page may end. */
function blocksOf(paragraphs: readonly Paragraph[], area: Area, type: Type): Flowing[][] {
  const blocks: Flowing[][] = [];
  let isHeld = false;
  for (const paragraph of paragraphs) {
    const { size, indent = 0, above = 0, keptWith } = paragraph;
    for (const [place, runs] of linesOf(paragraph, area.width - indent, type).entries()) {
      const isFirst = place === 0;
      const line = {
        runs,
        size,
        x: area.x + indent,
        above: isFirst ? above : 0,
        height: size * LINE_HEIGHT,
      };
      const isKept = keptWith === 'BEFORE' || (isFirst ? isHeld : keptWith === 'AFTER');
      const block = isKept ? blocks.at(-1) : undefined;
      if (block) block.push(line);
      else blocks.push([line]);
    }
    isHeld = keptWith === 'AFTER';
  }
  return blocks;
}

const heightOf = (block: readonly Flowing[], isTop: boolean): number =>
  block.reduce(
    (sum, { above, height }, place) => sum + height + (isTop && place === 0 ? 0 : above),
    0,
  );

/** Paragraphs on pages, the lines of each page. A block that is longer than a page breaks as lines do. */
export function paginate(paragraphs: readonly Paragraph[], area: Area, type: Type): Line[][] {
  const pages: Line[][] = [[]];
  const bottom = area.y + area.height;
  let y = area.y;
  const isTop = () => pages.at(-1)?.length === 0;
  const breakUnless = (needed: number) => {
    if (isTop() || y + needed <= bottom) return;
    pages.push([]);
    ({ y } = area);
  };
  for (const block of blocksOf(paragraphs, area, type)) {
    breakUnless(heightOf(block, isTop()));
    for (const { above, height, ...line } of block) {
      breakUnless(above + height);
      if (!isTop()) y += above;
      pages.at(-1)?.push({ ...line, y });
      y += height;
    }
  }
  return pages;
}
