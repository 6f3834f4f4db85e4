import { registerEnumType } from 'type-graphql';

/** The five sanctions. Source: DOMAIN 2.2. */
export enum SanctionType {
  WARNING = 'WARNING',
  SERIOUS_WARNING = 'SERIOUS_WARNING',
  DEMERIT = 'DEMERIT',
  PROBATION = 'PROBATION',
  EXPULSION = 'EXPULSION',
}
registerEnumType(SanctionType, {
  name: 'SanctionType',
  description: 'The five disciplinary sanctions.',
});

/** Source: DOMAIN 2.4. */
export enum SanctionState {
  DRAFT = 'DRAFT',
  /** A draft that its student was never notified of. */
  WITHDRAWN = 'WITHDRAWN',
  NOTICE_GIVEN = 'NOTICE_GIVEN',
  HEARD = 'HEARD',
  DECIDED = 'DECIDED',
  SERVED = 'SERVED',
  APPEALED = 'APPEALED',
  EFFECTIVE = 'EFFECTIVE',
  TERM_RUNNING = 'TERM_RUNNING',
  LIFTED = 'LIFTED',
  ANNULLED = 'ANNULLED',
  /** What a Party evaluator sees in place of the state (masks.csv); stored nowhere. */
  IN_FORCE = 'IN_FORCE',
}
registerEnumType(SanctionState, {
  name: 'SanctionState',
  description:
    'State of a sanction (2.4); IN_FORCE stands for any state in force where it is masked.',
});

/** Decided, and not over. */
export const LIVE_STATES = [
  SanctionState.DECIDED,
  SanctionState.SERVED,
  SanctionState.APPEALED,
  SanctionState.EFFECTIVE,
  SanctionState.TERM_RUNNING,
];

/** In force: what a Party evaluator sees (3.5). */
export const IN_FORCE_STATES = [SanctionState.EFFECTIVE, SanctionState.TERM_RUNNING];
