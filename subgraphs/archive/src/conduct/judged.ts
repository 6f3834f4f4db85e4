import type { Cover } from '../consent/consent.rules.js';
import type { ParkReason, SourceRef } from './payload.rules.js';

/** What the archive knows when it judges an event. */
export interface Known<State extends string> {
  /** Office that publishes it. */
  readonly office: string;
  /** The student whom it names, if there is one. */
  readonly student: { readonly birthDate: string } | undefined;
  /** State of the record, if the archive has it. */
  readonly present: State | undefined;
  /** The consent that it names, if there is one. */
  readonly cover: Cover | undefined;
  /** Instant at which it is judged. */
  readonly at: Date;
}

/** What an event comes to: facts to put down, a new state alone, or a reason to wait. */
export type Judged =
  | { readonly kind: 'PUT'; readonly source: SourceRef; readonly facts: object }
  | { readonly kind: 'MOVE'; readonly source: SourceRef; readonly state: string }
  | { readonly kind: 'WAIT'; readonly reason: ParkReason };

export const wait = (reason: ParkReason): Judged => ({ kind: 'WAIT', reason });
