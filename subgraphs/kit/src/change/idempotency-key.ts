/** A change that is requested twice is done once: by actor, role, action and the client's own number. */
import { deriveKey, mac } from '../call/crypto.js';
import type { Context } from '../call/context.js';
import { execute } from '../database/orm.js';
import { invalid, type ChangeError } from './errors.js';

const TAKE = `
  insert into change_key (subject, role, action, client_mutation_id, input_digest, at)
  values (?, ?, ?, ?, ?, ?) on conflict do nothing returning 1`;
const READ = `
  select input_digest as "inputDigest", target_id as "targetId", outcome from change_key
  where subject = ? and role = ? and action = ? and client_mutation_id = ?`;
const KEEP = `
  update change_key set target_id = ?
  where subject = ? and role = ? and action = ? and client_mutation_id = ?`;
const KEEP_OUTCOME = `
  update change_key set outcome = ?::jsonb
  where subject = ? and role = ? and action = ? and client_mutation_id = ?`;

const OTHER_INPUT = '同一编号已用于不同内容。 Used before with other input.';

/** A change of one row has an outcome where the row has left the sight of who made it. */
const HIDDEN = `
  select 1 from change_key
  where subject = ? and target_id = ? and outcome is not null limit 1`;

/** Whether somebody has lost sight of a row by what he did himself. */
export async function hasHidden({ em, identity }: Context, id: string): Promise<boolean> {
  return (await execute(em, HIDDEN, [identity.subject, id])).length > 0;
}

/** What became of one row among several that were requested at once. */
export interface RowOutcome {
  /** As the request named it. */
  readonly id: string;
  /** Number of the row that was made of it. */
  readonly rowId?: string;
  /** Why it was not changed. */
  readonly error?: ChangeError;
}

export interface IdempotencyKey {
  /** The row that was changed, when the same was requested before. */
  readonly replayed: string | undefined;
  /** What became of each row, when the same was requested before of several at once. */
  readonly outcome: readonly RowOutcome[] | undefined;
  /** Keep which row was changed. */
  keep(id: string): Promise<unknown>;
  /** Keep what became of several rows. */
  keepOutcome(outcome: readonly RowOutcome[]): Promise<unknown>;
}

interface Known {
  readonly inputDigest: string;
  readonly targetId: string | null;
  readonly outcome: readonly RowOutcome[] | null;
}

/** The same arguments give the same text, in whichever order they came. */
const canonical = (input: object): string =>
  JSON.stringify(Object.entries(input).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Take the key of a change. Whoever requests the same at the same time waits here until this one is
 * committed or undone.
 *
 * @throws VALIDATION for other input under a key that was used.
 */
export async function takeKey(
  { em, identity, keyring, now }: Context,
  action: string,
  input: { readonly clientMutationId: string },
): Promise<IdempotencyKey> {
  const named = [identity.subject, identity.role, action, input.clientMutationId];
  const inputDigest = mac(deriveKey(keyring.dataKey, 'change input'), canonical(input));
  const taken = await execute(em, TAKE, [...named, inputDigest, now]);
  const keep = (id: string) => execute(em, KEEP, [id, ...named]);
  const keepOutcome = (outcome: readonly RowOutcome[]) =>
    execute(em, KEEP_OUTCOME, [JSON.stringify(outcome), ...named]);
  if (taken.length) return { replayed: undefined, outcome: undefined, keep, keepOutcome };
  const [known] = await execute<Known>(em, READ, named);
  if (known?.inputDigest !== inputDigest) throw invalid('clientMutationId', OTHER_INPUT);
  const { targetId, outcome } = known;
  return {
    replayed: targetId ?? undefined,
    outcome: outcome ?? undefined,
    keep,
    keepOutcome,
  };
}
