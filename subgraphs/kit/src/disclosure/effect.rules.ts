import { ACCESS_EFFECTS, type AccessEffect } from './access-call.js';

/**
 * The effect of a group that was selected several times in one request: the most open one, since
 * the student reads what was shown of him and not what was withheld (docs/decisions/0010).
 */
export const moreOpen = (a: AccessEffect | undefined, b: AccessEffect): AccessEffect =>
  a !== undefined && ACCESS_EFFECTS.indexOf(a) < ACCESS_EFFECTS.indexOf(b) ? a : b;
