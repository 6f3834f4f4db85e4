/** Levels and seats of administrators. Pure. Source: G17, G18.1. */
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { LevelConfig } from './level-config.entity.js';

/** Levels of the org tree, whatever is configured (DOMAIN 2.2). */
const LEVELS_AT_MOST = 3;
const SEATS_AT_MOST = 1000;

export interface Levels {
  readonly levels: number;
  readonly seats: number;
}

function checkBound(path: string, value: number, atMost: number): void {
  if (value < 1 || value > atMost)
    throw invalid(path, `须在 1 至 ${atMost} 之间。 It lies between 1 and ${atMost}.`);
}

/**
 * The frame that the school grants: what the org has set itself stays, as far as it lies within.
 *
 * @throws VALIDATION
 */
export const framed =
  ({ levels, seats }: Levels) =>
  (row: Partial<LevelConfig>): Changes<LevelConfig> => {
    checkBound('levels', levels, LEVELS_AT_MOST);
    checkBound('seats', seats, SEATS_AT_MOST);
    return {
      levelsAtMost: levels,
      seatsAtMost: seats,
      levels: Math.min(row.levels ?? levels, levels),
      seats: Math.min(row.seats ?? seats, seats),
    };
  };

/**
 * What the org sets within its frame; who is in office stays, whatever it sets.
 *
 * @throws VALIDATION
 */
export const set =
  ({ levels, seats }: Levels) =>
  ({ levelsAtMost, seatsAtMost }: Partial<LevelConfig>): Changes<LevelConfig> => {
    checkBound('levels', levels, levelsAtMost ?? LEVELS_AT_MOST);
    checkBound('seats', seats, seatsAtMost ?? SEATS_AT_MOST);
    return { levels, seats };
  };
