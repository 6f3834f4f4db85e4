import type { TestCollege } from './college.js';

const STEP_MS = 200;

/**
 * Let the clock of a college go with that of this machine: what the gateway signs holds for seconds,
 * and a command of its own checks it by the machine's clock.
 *
 * @returns  Stops it where it is.
 */
export function goWithMachine(college: TestCollege): () => void {
  const step = () => college.clock.set(new Date().toISOString());
  step();
  const timer = setInterval(step, STEP_MS);
  return () => clearInterval(timer);
}
