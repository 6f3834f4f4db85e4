import { registerEnumType } from 'type-graphql';

/** How grave a finding is. Source: DOMAIN 4.2. */
export enum Severity {
  S1 = 'S1',
  S2 = 'S2',
  S3 = 'S3',
  S4 = 'S4',
  /** What those see who may know that there is a serious record and nothing more of it. */
  HAS_ACTIVE_SERIOUS = 'HAS_ACTIVE_SERIOUS',
}
registerEnumType(Severity, {
  name: 'Severity',
  description: 'How grave a finding is: S1 minor, S2 general, S3 serious, S4 grave.',
});

/** The severities that a finding can have, from light to grave. */
export const SEVERITIES = [Severity.S1, Severity.S2, Severity.S3, Severity.S4] as const;
/** A severity that a finding can have. */
export type FoundSeverity = (typeof SEVERITIES)[number];

/** From one severity to another, both included. */
export const severitiesBetween = (from: string, to: string): Severity[] =>
  SEVERITIES.filter((severity) => from <= severity && severity <= to);
