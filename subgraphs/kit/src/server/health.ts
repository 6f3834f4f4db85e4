/** Readiness is asked by everybody and costs a look at the database or at all offices. */
export const READINESS_MS = 1000;

/** An answer that holds for a while: who asks meanwhile shares it, while it is still being found too. */
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
