/** Anybody may request readiness, and it costs a query of the database or calls to all offices. */
export const READINESS_MS = 1000;

/** An answer that holds for a while: requests meanwhile share it, also while it is being found. */
export function rememberedFor<T>(
  ms: number,
  find: () => Promise<T>,
  now = () => performance.now(),
): () => Promise<T> {
  let known: { readonly answer: Promise<T>; readonly at: number } | undefined;
  return () => {
    const at = now();
    if (!known || at - known.at >= ms) known = { answer: find(), at };
    return known.answer;
  };
}
