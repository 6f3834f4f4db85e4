import { readPolicies } from './policies.js';

/** The supergraph that is served, as it was composed. */
export interface SupergraphSource {
  readonly current: string;
  /**
   * Swaps in another supergraph while serving.
   *
   * @throws when it is broken or leaves a field unguarded; the last good one keeps serving.
   */
  update(sdl: string): void;
  /** @returns a function that ends the subscription. */
  subscribe(take: (sdl: string) => void): () => void;
}

/** @throws when the supergraph is broken or leaves a field unguarded. */
export function supergraphSource(initial: string): SupergraphSource {
  readPolicies(initial);
  let current = initial;
  const takers = new Set<(sdl: string) => void>();
  return {
    get current() {
      return current;
    },
    update(sdl) {
      try {
        readPolicies(sdl);
        for (const take of takers) take(sdl);
      } catch (cause) {
        for (const take of takers) take(current);
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`The new supergraph is refused, the last one serves on. ${reason}`, {
          cause,
        });
      }
      current = sdl;
    },
    subscribe(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
  };
}
