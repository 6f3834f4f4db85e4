/** Names of columns as files write them. */
import { fold, tidy } from './cell.js';

/** What templates write behind a name and what changes nothing of it. A unit is not among them. */
const NOTE =
  /\((?:必填|选填|可选|非必填|可不填|required|optional|元|文本|文本格式|\d+字以内|年[-/.]?月[-/.]?日?|y{4}[-/.]?mm(?:[-/.]?dd)?|(?:格式|如|例|例如|示例)[:为]?.*)\)$/;
/** A number so long names a person, and stands in no heading. */
const LONG_NUMBER = /\d{6,}/g;
const LISTED = 40;

/** A name for comparison: asterisks of templates make no difference. */
export const headingName = (heading: string): string => fold(heading).replaceAll('*', '');

/** The same without the note of a template, such as `（必填）`. */
export const withoutNote = (name: string): string => name.replace(NOTE, '');

/** Headings in a sentence, without what may be a value in a file that has no headings. */
export const quotedHeadings = (headings: readonly string[], comma: string): string =>
  headings
    .map((heading) => tidy(heading).replace(/\s+/g, ' ').replace(LONG_NUMBER, '…'))
    .filter((heading) => heading !== '')
    .slice(0, LISTED)
    .join(comma);
