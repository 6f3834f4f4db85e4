/** Clients that request side by side, each the next request of one row. */

/** Clients at once. */
export const CLIENTS = 8;

export interface Load {
  readonly done: number;
  readonly errors: number;
  readonly ms: number;
}

/**
 * As many requests as fit into the time.
 *
 * @param request  Sends the request of a number; answers whether it was answered without an error.
 */
export async function requestFor(
  ms: number,
  request: (index: number) => Promise<boolean>,
): Promise<Load> {
  let [sent, done, errors] = [0, 0, 0];
  const from = performance.now();
  const client = async () => {
    while (performance.now() < from + ms) {
      sent += 1;
      if (!(await request(sent))) errors += 1;
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { done, errors, ms: performance.now() - from };
}
