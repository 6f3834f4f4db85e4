import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 20;

/** Look again and again until something is so; fails when it is not within the time given. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It did not come to be in ${withinMs} ms.`);
    await pause(LOOK_MS);
  }
}
