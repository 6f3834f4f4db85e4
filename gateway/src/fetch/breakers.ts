/** An office that goes on failing is left alone for a moment: its requests end at once, and it can recover. */
import CircuitBreaker from 'opossum';

/** So many calls of the last ten seconds at least, half of which failed. */
const CALLS_AT_LEAST = 20;
const FAILED_PERCENT = 50;
/** Then nothing is sent for so long, and after it one call that tries. */
const LEFT_ALONE_MS = 1000;

type Call = () => Promise<unknown>;

export interface Breakers {
  /**
   * Makes a call to an office, unless it is left alone.
   *
   * @throws What the call throws, or an error that says that none was made.
   */
  run<T>(office: string, call: () => Promise<T>): Promise<T>;
  close(): void;
}

export function createBreakers(): Breakers {
  const known = new Map<string, CircuitBreaker<[Call]>>();
  const breakerOf = (office: string): CircuitBreaker<[Call]> => {
    const before = known.get(office);
    if (before) return before;
    const made = new CircuitBreaker((call: Call) => call(), {
      name: office,
      // A call has its own deadline.
      timeout: false,
      volumeThreshold: CALLS_AT_LEAST,
      errorThresholdPercentage: FAILED_PERCENT,
      resetTimeout: LEFT_ALONE_MS,
    });
    known.set(office, made);
    return made;
  };
  return {
    run: async <T>(office: string, call: () => Promise<T>) =>
      (await breakerOf(office).fire(call)) as T,
    close() {
      for (const breaker of known.values()) breaker.shutdown();
    },
  };
}
