/** A YAML text of which every value is a text, and every mistake has a line. */
import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { fault } from '../../errors.js';
import { decoded, survey } from '../encoding.js';
import type { Reason } from '../reason.js';

const BYTES_AT_MOST = 1024 * 1024;

/** A name in the text and what stands behind it. */
export interface Entry {
  readonly name: string;
  readonly at: Node;
  readonly value: Node;
}

export interface YamlText {
  /** Name of its file. */
  readonly name: string;
  readonly root: Node | null;
  /** The error for a text that cannot be used; without a place, for the text as a whole. */
  refuse(at: Node | null, zh: string, en: string): Error;
  /** What stands in a map of names. */
  entries(at: Node | null): readonly Entry[];
  text(at: Node): string;
  /** The values of a list, or the one value that stands instead of a list. */
  texts(at: Node): readonly string[];
}

const MISTAKES: Readonly<Record<string, Reason>> = {
  DUPLICATE_KEY: { zh: '同一名称出现两次。', en: 'The same name stands here twice.' },
  TAB_AS_INDENT: { zh: '缩进不得使用制表符。', en: 'Tabs are not allowed as indentation.' },
};
const notYaml = ({ code, message }: { code: string; message: string }): Reason => ({
  zh: `不是有效的 YAML（${code}）。`,
  en: `This is not valid YAML: ${message}.`,
});

/** @throws `VALIDATION` for a file that is no YAML, naming the line. */
export async function readYaml(path: string): Promise<YamlText> {
  const name = basename(path);
  const lines = new LineCounter();
  const refuseLine = (line: number | null, { zh, en }: Reason): Error => {
    const reason: Reason =
      line === null
        ? { zh: `对照表 ${name}：${zh}`, en: `Mapping ${name}: ${en}` }
        : { zh: `对照表 ${name} 第 ${line} 行：${zh}`, en: `Mapping ${name}, line ${line}: ${en}` };
    return fault('VALIDATION', `${reason.zh} ${reason.en}`, {
      reason,
      ...(line !== null && { line }),
    });
  };
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  const refuse = (at: Node | null, zh: string, en: string): Error =>
    refuseLine(at?.range ? lineOf(at.range[0]) : null, { zh, en });

  if ((await stat(path)).size > BYTES_AT_MOST)
    throw refuse(null, '文件过大。', 'The file is too large.');
  const text = (await Array.fromAsync(decoded(path, await survey(path)))).join('');
  const { contents, errors, warnings } = parseDocument(text, {
    // Every value is a text: 01 stays 01, and no is not false.
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
  });
  const [mistake] = [...errors, ...warnings];
  if (mistake) throw refuseLine(lineOf(mistake.pos[0]), MISTAKES[mistake.code] ?? notYaml(mistake));

  const textIn = (at: unknown): string | null =>
    isScalar(at) && typeof at.value === 'string' ? at.value.trim() : null;
  const textAt = (at: unknown): string => {
    const written = textIn(at);
    if (written === null)
      throw refuse(at as Node, '此处应为一个值。', 'There must be one value here.');
    return written;
  };
  return {
    name,
    root: contents,
    refuse,
    entries(at) {
      if (!isMap(at)) throw refuse(at, '此处应为“名称: 值”。', 'There must be “name: value” here.');
      return at.items.map(({ key, value }) => {
        const written = textIn(key);
        if (written === null)
          throw refuse(key as Node, '名称应为一个词。', 'A name must be a text.');
        return { name: written, at: key as Node, value: (value ?? key) as Node };
      });
    },
    text: textAt,
    texts: (at) => (isSeq(at) ? at.items.map(textAt) : [textAt(at)]),
  };
}
