/** Which fields of operation are supervised, phase by phase. Pure. Source: Z2.3. */
import { CommitmentMatter } from '../life-cycle/commitment-matter.js';
import { fullTens } from '../statistics/full-tens.js';
import { SupervisionPhase } from '../supervision/supervision.entity.js';
import type { SupervisionCoverage } from './supervision-coverage.entity.js';

/** A line for each field and phase: one that nobody supervises is what coverage is selected for. */
export function coverageOf(found: readonly SupervisionCoverage[]): SupervisionCoverage[] {
  const counted = new Map(found.map((one) => [`${one.field} ${one.phase}`, one]));
  return Object.values(CommitmentMatter).flatMap((field) =>
    Object.values(SupervisionPhase).map((phase) => {
      const { offices = 0, supervised = 0 } = counted.get(`${field} ${phase}`) ?? {};
      return { field, phase, offices, supervised: fullTens(supervised) };
    }),
  );
}
