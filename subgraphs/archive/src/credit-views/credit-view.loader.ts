import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const KNOWN = `select 1 from credit_view_release where release_id = ?::uuid`;

export async function isRelease(em: EntityManager, releaseId: string): Promise<boolean> {
  if (!UUID.test(releaseId)) return false;
  const [known] = await execute(em, KNOWN, [releaseId]);
  return known !== undefined;
}

/** @throws VALIDATION for what is the number of no release. */
export async function requireRelease(em: EntityManager, releaseId: string): Promise<void> {
  if (!(await isRelease(em, releaseId))) throw fault('VALIDATION', 'releaseId');
}
