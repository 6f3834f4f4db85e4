/** Stands in for the offices' side of `Student.access`: what is brought along is believed. */
import { readRulings, type RuledTexts, type SealedDecision } from '@chengxin/kit/privacy/decision';
import type { Identity } from '@chengxin/kit/call/identity';

export * from '@chengxin/kit/privacy/decision';
export const openDecision = (
  _keys: readonly Buffer[],
  _studentNo: string,
  _who: Identity,
  access: string,
  texts: RuledTexts,
): SealedDecision => ({
  rulings: readRulings(texts.get(access) ?? ''),
  recorded: new Set(),
  validUntil: Number.MAX_SAFE_INTEGER,
  isEnd: false,
});
