import type { FoundSeverity } from '../rules/severity.js';
import type { RuleSet } from './rule-set.js';

/** A bad record, as far as the score needs it. Days are calendar days at +08:00. */
export interface BadRecord {
  readonly recordId: string;
  readonly indicatorCode: string;
  readonly severity: FoundSeverity;
  /** State of 2.4; only ACTIVE and MITIGATED count (INV-06). */
  readonly state: string;
  readonly occurredOn: string;
  /** Effective day of the finding. */
  readonly effectiveOn: string;
  /** A continuing duty (an unpaid fee): until it is cured, nothing fades. */
  readonly duty?: { readonly curedOn: string | null };
  readonly disputed?: boolean;
  /** Rule sets that were in force since it was found, before the one that scores (INV-16). */
  readonly earlierRules?: readonly RuleSet[];
}

/** A good record. */
export interface GoodRecordPoints {
  readonly recordId: string;
  readonly indicatorCode: string;
  readonly occurredOn: string;
  /** How often its points are earned: 40 volunteer hours earn P-07 twice. */
  readonly units: number;
  /** Rule sets that were in force since the deed, before the one that scores (INV-16). */
  readonly earlierRules?: readonly RuleSet[];
}

/** One line of a ledger, in hundredths of a point. Every line has a record or a cap code (INV-07). */
export interface Line {
  readonly recordId?: string;
  readonly capCode?: string;
  readonly indicatorCode?: string;
  readonly dimension?: string;
  readonly base?: number;
  readonly weightTenths?: number;
  readonly repetitionPercent?: number;
  readonly timePercent?: number;
  readonly repairPercent?: number;
  readonly points: number;
  /** Version of an earlier rule set, where that is the milder one for the record (INV-16). */
  readonly ruleSet?: string;
}
