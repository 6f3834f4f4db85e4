import type { Placed } from './placed.js';

/** Whether the caller's relation holds for a student, and until when at most. */
export interface RelationTest {
  holds(student: Placed): boolean;
  readonly until: Date | undefined;
  /** Template of the report that a token opens. */
  readonly reportTemplate?: string;
}
