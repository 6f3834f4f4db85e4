/** Numbers of documents in arguments: those that prove a fact, and that of a decision (G2.2). Pure. */
import type { Evidence } from '../schema/fact.js';
import { invalid } from './errors.js';
import { checkText } from './text.rules.js';

/** As long as a file may have them. */
export const DOC_NO_AT_MOST = 60;

/** @throws VALIDATION for a text that is blank, too long or not printable. */
export function filled(path: string, text: string, atMost: number): string {
  if (!text.trim()) throw invalid(path, '不能为空。 It must not be blank.');
  checkText(path, text, atMost);
  return text.trim();
}

/** @throws VALIDATION for a code of another shape. */
export function shaped(path: string, text: string, shape: RegExp): string {
  if (!shape.test(text)) throw invalid(path, '格式不符。 It has another shape.');
  return text;
}

/** @throws VALIDATION for a number that is blank or too long. */
export const documentNo = (path: string, docNo: string): string =>
  filled(path, docNo, DOC_NO_AT_MOST);

/**
 * The documents that a fact has, and those that are named beside them, each once.
 *
 * @throws VALIDATION for a number that is blank or too long.
 */
export function withEvidence(
  path: string,
  had: readonly Evidence[],
  docNos: readonly string[] = [],
): Evidence[] {
  const named = docNos.map((given) => documentNo(path, given));
  const known = new Set(had.map(({ docNo }) => docNo));
  const fresh = [...new Set(named)].filter((docNo) => !known.has(docNo));
  return [...had, ...fresh.map((docNo) => ({ id: docNo, docNo }))];
}

/** @throws VALIDATION for a fact that nothing proves (INV-03). */
export function proven(path: string, evidence: Evidence[]): Evidence[] {
  if (!evidence.length)
    throw invalid(path, '请提供证明材料编号。 Name the documents that prove it.');
  return evidence;
}
