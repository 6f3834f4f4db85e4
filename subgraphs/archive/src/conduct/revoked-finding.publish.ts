import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';

export const REVOKED_FINDINGS: Records = {
  prefix: '',
  from: 'conduct_record',
  where: `source_subgraph = 'thirdparty' and state = 'REVOKED'`,
  id: 'source_id',
  idType: 'text',
  version: 'version',
  payload: `'{}'::jsonb`,
};

const PUBLISH = `
  insert into outbox (topic, key, version, at)
  select 'revokedFinding', ${REVOKED_FINDINGS.id}, ${REVOKED_FINDINGS.version}, ?
  from ${REVOKED_FINDINGS.from} where id = ?::uuid and ${REVOKED_FINDINGS.where}`;

/** A provider's finding that was revoked here, once: a record that is revoked never counts again (2.4). */
export const publishRevoked = (em: EntityManager, now: Date, recordId: string) =>
  execute(em, PUBLISH, [now, recordId]);
