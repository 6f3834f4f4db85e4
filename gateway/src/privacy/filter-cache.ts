import type { Filtered } from './filter.js';

/** Filtered operations that are kept, the least recently used of them given up first. */
export interface FilterCache {
  readonly size: number;
  readonly hits: number;
  readonly misses: number;
  /** The filtered operation of a key, made when it is not kept. What throws is not kept. */
  get(key: string, make: () => Filtered): Filtered;
  /** Forgets all: they belong to a schema that is gone. */
  clear(): void;
}

/** @param most  How many are kept. */
export function filterCache(most: number): FilterCache {
  const kept = new Map<string, Filtered>();
  let hits = 0;
  let misses = 0;
  return {
    get size() {
      return kept.size;
    },
    get hits() {
      return hits;
    },
    get misses() {
      return misses;
    },
    get(key, make) {
      const found = kept.get(key);
      if (found) hits++;
      else misses++;
      const filtered = found ?? make();
      kept.delete(key);
      kept.set(key, filtered);
      const oldest = kept.keys().next();
      if (kept.size > most && !oldest.done) kept.delete(oldest.value);
      return filtered;
    },
    clear: () => kept.clear(),
  };
}
