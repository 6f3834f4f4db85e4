import { quotedHeadings } from './heading.js';
import type { ImportFile } from './read.js';
import type { Reason } from './reason.js';

/** What of a file was passed over, in words for its clerk. A mapping leaves out what it means to. */
export function notesOf(
  { hidden = 0, sheet, otherSheets = [], unknown }: ImportFile<unknown>,
  isMapped: boolean,
): Reason[] {
  const notes: Reason[] = [];
  if (hidden > 0)
    notes.push({
      zh: `${hidden} 个隐藏行未读取；要导入它们，请先取消筛选或隐藏。`,
      en: `${hidden} hidden rows were not read. To import them, clear the filter or show them first.`,
    });
  if (otherSheets.length > 0)
    notes.push({
      zh: `只读取了工作表“${sheet}”；未读取：${otherSheets.join('、')}。`,
      en: `Only the sheet “${sheet}” was read; not read: ${otherSheets.join(', ')}.`,
    });
  if (unknown.length > 0 && !isMapped)
    notes.push({
      zh: `未识别、未读取的列：${quotedHeadings(unknown, '、')}。`,
      en: `Columns that were not understood and not read: ${quotedHeadings(unknown, ', ')}.`,
    });
  return notes;
}
