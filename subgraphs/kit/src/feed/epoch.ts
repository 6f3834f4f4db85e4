/**
 * Transaction ids are numbers of one history of one database cluster. An outbox that was restored
 * into another one, or to an earlier time, begins a new epoch: its rows, all committed by then, get a
 * transaction id of the new history, and readers of an earlier epoch begin anew. They ignore what they
 * have.
 */
import pg from 'pg';
import { execute, type EntityManager } from '../database/orm.js';

/** SQL: the epoch that is stored, and whether it is of this history. */
export const EPOCH = `
  select epoch, history = cluster_history() as "isCurrent" from feed_epoch`;

export interface Epoch {
  readonly epoch: string;
  readonly isCurrent: boolean;
}

async function readEpoch(em: EntityManager): Promise<Epoch> {
  const [row] = await execute<Epoch>(em, EPOCH);
  if (!row) throw new Error('The feed has no epoch.');
  return row;
}

/** As the migration owner: the run-time role may not change what stands in the outbox. */
async function beginEpoch(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<Epoch>(`${EPOCH} for update`);
    if (!rows[0]?.isCurrent) {
      await client.query('update outbox set xid = pg_current_xact_id()');
      // No number of this history says which rows went: readers begin anew, and get all records.
      await client.query(`update outbox_pruned set xid = '1', id = 0`);
      await client.query('delete from outbox_republished');
      await client.query(
        'update feed_epoch set epoch = gen_random_uuid(), history = cluster_history()',
      );
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** The epoch of the outbox, a new one where the database came from elsewhere. */
export async function currentEpoch(em: EntityManager, ownerUrl: string): Promise<string> {
  const known = await readEpoch(em);
  if (known.isCurrent) return known.epoch;
  await beginEpoch(ownerUrl);
  return (await readEpoch(em)).epoch;
}
