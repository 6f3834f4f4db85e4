/**
 * What decisions rule, and of whom, travels once beside all that name it: from the archive in the extensions of its
 * answer, to the other offices in the extensions of a request (docs/decisions/0053).
 */
import type { RuledTexts } from './decision.js';

const NONE: RuledTexts = new Map();

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The extensions that carry some texts; nothing for none. */
export const extensionsWith = (
  texts: RuledTexts,
): { extensions?: { ruled: Record<string, string> } } =>
  texts.size > 0 ? { extensions: { ruled: Object.fromEntries(texts) } } : {};

/** The texts that an answer or a request carries; what is no text is left out. */
export function ruledTextsOf(message: unknown): RuledTexts {
  const extensions = isObject(message) ? message['extensions'] : undefined;
  const ruled = isObject(extensions) ? extensions['ruled'] : undefined;
  if (!isObject(ruled)) return NONE;
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === 'string';
  return new Map(Object.entries(ruled).filter(isText));
}
