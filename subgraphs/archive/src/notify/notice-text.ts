/** What a notice says: versioned texts in Chinese and English, with the time to answer (F-01, F-10). */
import { namesIn, readText } from '../rules/data-file.js';

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The text of one kind; `{waitsUntil}` is the first day on which the office may go on. */
export interface NoticeText extends Bilingual {
  readonly title: Bilingual;
  /** Working days that the office waits for a statement; 0, where it need not wait. */
  readonly waitWorkingDays: number;
}

type Texts = Readonly<Record<string, NoticeText>>;

const FOLDER = 'notice-texts';
const versions = new Map<string, Texts>(
  namesIn(FOLDER).map((file) => [
    file.replace(/\.json$/, ''),
    JSON.parse(readText(FOLDER, file)) as Texts,
  ]),
);

/** The version of which new notices are: the newest. */
export const TEXT_VERSION = [...versions.keys()].at(-1) ?? '';

/** The text of a kind in a version; nothing for a notice that was written elsewhere. */
export const noticeText = (version: string, kind: string): NoticeText | undefined =>
  versions.get(version)?.[kind];

/** Whether notices of a kind can be sent. */
export const isNoticeKind = (kind: string): boolean => noticeText(TEXT_VERSION, kind) !== undefined;

/** How long an office waits for a statement, in working days. */
export const waitOf = (version: string, kind: string): number =>
  noticeText(version, kind)?.waitWorkingDays ?? 0;

interface Written {
  readonly textVersion: string;
  readonly kind: string;
  readonly waitsUntil?: string;
  readonly title?: string;
  readonly body?: string;
}

/** Title and text of a notice in a language; one that Student Affairs wrote says the same in both. */
export function textOf(
  { textVersion, kind, waitsUntil, title, body }: Written,
  language: keyof Bilingual,
): { readonly title: string | undefined; readonly text: string | undefined } {
  if (title) return { title, text: body };
  const text = noticeText(textVersion, kind);
  return {
    title: text?.title[language],
    text: text?.[language].replaceAll('{waitsUntil}', waitsUntil ?? ''),
  };
}
