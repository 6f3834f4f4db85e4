/** Disclosing contact and ID number on need. Pure. Source: F-05, DOMAIN 3.4 notes 1 to 3. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { addDays } from '@chengxin/kit/clock';
import { invalid } from '@chengxin/kit/change/errors';

/** One person compares so often on one calendar day at +08:00, whichever students he names. */
export const CHECKS_A_DAY = 5;

const LAST_SIX = /^[0-9A-Z]{6}$/;

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The six characters as they stand in an ID number.
 *
 * @throws VALIDATION for anything but six digits or letters.
 */
export function readLastSix(given: string): string {
  const lastSix = given.trim().toUpperCase();
  if (!LAST_SIX.test(lastSix))
    throw invalid('lastSix', '应为证件号码的后六位。 The last six characters of the number.');
  return lastSix;
}

/** Whether a number ends so; how much of it differs takes no other time. */
export const endsWith = (idNumber: string, lastSix: string): boolean =>
  timingSafeEqual(digestOf(idNumber.toUpperCase().slice(-lastSix.length)), digestOf(lastSix));

/** Seconds until the next calendar day begins at +08:00. */
export const secondsToNextDay = (now: Date, today: string): number =>
  Math.ceil((Date.parse(`${addDays(today, 1)}T00:00:00+08:00`) - now.getTime()) / 1000);
