/** How large the variables of a request are, as JSON brought them. Pure; no recursion, as they may be deep. */
import type { LimitName } from './request-limits.js';

type Sizes = Pick<
  Record<LimitName, number>,
  'variableLength' | 'variableKeys' | 'variableItems' | 'variableDepth'
>;

/** A scalar counts as a few characters, whatever its own. */
const SCALAR_LENGTH = 8;

/** The variables are one object, whose keys are their names: those of depth 1. */
export function sizesOfVariables(variables: Readonly<Record<string, unknown>>): Sizes {
  let [length, keys, items, deepest] = [0, 0, 0, 0];
  const open: { readonly value: unknown; readonly depth: number }[] = [
    { value: variables, depth: 0 },
  ];
  for (let one = open.pop(); one; one = open.pop()) {
    const { value, depth } = one;
    if (typeof value !== 'object' || value === null) {
      length += typeof value === 'string' ? value.length : SCALAR_LENGTH;
      continue;
    }
    deepest = Math.max(deepest, depth + 1);
    const isList = Array.isArray(value);
    const entries = Object.entries(value);
    if (isList) items += entries.length;
    else keys += entries.length;
    for (const [key, below] of entries) {
      if (!isList) length += key.length;
      open.push({ value: below, depth: depth + 1 });
    }
  }
  return {
    variableLength: length,
    variableKeys: keys,
    variableItems: items,
    variableDepth: deepest,
  };
}
