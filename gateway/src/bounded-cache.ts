/** Values that are costly to make, the least recently used of them given up first. */
export interface BoundedCache<Value> {
  readonly size: number;
  readonly hits: number;
  readonly misses: number;
  /** The value of a key, made when it is not kept. What throws is not kept. */
  get(key: string, make: () => Value): Value;
  /** Forgets all: they belong to a schema that is gone. */
  clear(): void;
}

/** @param most  How many are kept. */
export function boundedCache<Value>(most: number): BoundedCache<Value> {
  const kept = new Map<string, { readonly value: Value }>();
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
      const entry = found ?? { value: make() };
      kept.delete(key);
      kept.set(key, entry);
      const oldest = kept.keys().next();
      if (kept.size > most && !oldest.done) kept.delete(oldest.value);
      return entry.value;
    },
    clear: () => kept.clear(),
  };
}
