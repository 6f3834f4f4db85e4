import { fault } from '@chengxin/kit/errors';

/**
 * The instant of a question about the past; none for one about now.
 *
 * @throws VALIDATION for an instant to come.
 */
export function pastInstant(at: string | null | undefined, now: Date): Date | undefined {
  if (at === undefined || at === null) return undefined;
  const instant = new Date(at);
  if (instant > now) throw fault('VALIDATION', 'at: 不得晚于现在。 Not after now.');
  return instant;
}
