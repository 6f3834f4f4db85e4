/**
 * Records of offices that the archive revoked: by an appeal, with a sanction that was annulled, by a
 * higher body's decision. The office that owns the fact ends it as well, exactly once (G14.2, T-06,
 * DOMAIN 2.4; docs/decisions/0096).
 */
import type { Keyring } from '../call/keyring.js';
import { changeByJob } from '../change/change-by-job.js';
import type { After } from '../change/door.js';
import type { ChangeableRow, Noun } from '../change/noun.js';
import { jobWriter, type Writer } from '../change/writer.js';
import { present } from './gone.js';
import type { FeedHandler } from './handler.js';

/** Topic of the archive by which an office learns what was revoked of its own. */
export const revokedTopicOf = (office: string): string => `revoked:${office}`;

/** Facts that end once the archive has revoked their record. */
export interface Revocable {
  /** `ExamViolation` */
  readonly type: string;
  onRevoked(writer: Writer, id: string): Promise<unknown>;
}

/**
 * Facts of a noun that end once the archive has revoked their record.
 *
 * @param action  Action of the table that a job takes: `examViolation.revoke`. What is in none of its
 *                states, because the office has ended it itself, stays as it is.
 */
export const revocable = <Row extends ChangeableRow>(
  noun: Noun<Row>,
  action: string,
  after?: After<Row>,
): Revocable => ({
  type: noun.name,
  onRevoked: (writer, id) => changeByJob(writer, action, noun, id, () => ({}), after),
});

/** `revoked:<office>`: `{ type }`, its key the number of the fact; of neither reason nor decision. */
export function endRevoked(keyring: Keyring, facts: readonly Revocable[]): FeedHandler {
  const byType = new Map(facts.map((one) => [one.type, one]));
  return async (em, events, at) => {
    const writer = jobWriter('endRevoked', { em, keyring, at });
    for (const { key, payload } of present(events))
      await byType.get(String(payload['type']))?.onRevoked(writer, key);
  };
}
