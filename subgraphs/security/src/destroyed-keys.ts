/**
 * Keys of what is sealed or gone are destroyed: of the files of a sealed record, and of what the log says
 * of one that is no more. Whoever destroys a key has destroyed what it opens (3.6, T-03, INV-05).
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

/** In the transaction that seals or deletes; the run-time role can destroy no other keys. */
export const destroyKeys = (em: EntityManager): Promise<unknown> =>
  execute(em, 'select destroy_keys()');
