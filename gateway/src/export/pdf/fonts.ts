/**
 * Noto Sans SC from an npm package, so that Chinese is written right on a machine without Chinese fonts.
 * The package has the font in slices of some hundred characters each; a document takes those that its
 * text needs. Each is made static once, and kept.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';
import { codesOf } from './font-codes.js';

const require = createRequire(import.meta.url);
const FOLDER = dirname(require.resolve('@fontsource-variable/noto-sans-sc/package.json'));
const WEIGHT = 400;
const HEX = 16;

/** `U+4e00-4e03,U+4e07` */
function* codesIn(ranges: string): Generator<number> {
  for (const range of ranges.split(',')) {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    for (let code = parseInt(first, HEX); code <= parseInt(last, HEX); code += 1) yield code;
  }
}

function readSlices(): Map<number, string> {
  const ranges = JSON.parse(readFileSync(join(FOLDER, 'unicode.json'), 'utf8')) as Record<
    string,
    string
  >;
  const slices = new Map<number, string>();
  for (const [name, list] of Object.entries(ranges))
    for (const code of codesIn(list)) slices.set(code, name.replaceAll(/[[\]]/g, ''));
  return slices;
}

let slices: Map<number, string> | undefined;
const slicesByCode = (): Map<number, string> => (slices ??= readSlices());

/**
 * The slice that has a character; undefined for one that the font does not have. The package lists more
 * than the font has: that of a slice is known once it is loaded.
 */
export function sliceOf(character: string): string | undefined {
  return slicesByCode().get(character.codePointAt(0) ?? 0);
}

const charactersOf = (slice: string): string =>
  [...slicesByCode()]
    .flatMap(([code, name]) => (name === slice ? [String.fromCodePoint(code)] : []))
    .join('');

async function loadSlice(slice: string): Promise<Buffer> {
  const file = await readFile(join(FOLDER, 'files', `noto-sans-sc-${slice}-wght-normal.woff2`));
  const font = await subsetFont(file, charactersOf(slice), {
    targetFormat: 'truetype',
    variationAxes: { wght: WEIGHT },
  });
  const drawn = codesOf(font);
  for (const [code, name] of slicesByCode())
    if (name === slice && !drawn.has(code)) slicesByCode().delete(code);
  return font;
}

const fonts = new Map<string, Promise<Buffer>>();

/** A slice as a static TrueType font. */
export function fontOf(slice: string): Promise<Buffer> {
  const known = fonts.get(slice);
  if (known) return known;
  const loading = loadSlice(slice);
  fonts.set(slice, loading);
  // What could not be read is tried again.
  loading.catch(() => fonts.delete(slice));
  return loading;
}
