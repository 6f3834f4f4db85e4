import { execute, type EntityManager } from '../database/orm.js';

/**
 * For joins that stay linear: the statistics of the stage are often those of an empty table, and by
 * them PostgreSQL would compare every row with every other. For the rest of the transaction.
 */
export const joinByHash = (em: EntityManager, isWanted = true) =>
  execute(em, `set local enable_nestloop to ${isWanted ? 'off' : 'default'}`);
