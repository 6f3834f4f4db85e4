/** The PostgreSQL server of a test run: an external one, or an embedded one in a folder of its own. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asAdmin } from '@chengxin/kit/database/admin';
import { startEmbeddedPostgres } from '@chengxin/kit/database/embedded';

/** What is thrown away after the run need not outlive a power cut; a busy disk holds nobody up. */
const THROWN_AWAY = [
  'alter system set fsync = off',
  'alter system set full_page_writes = off',
  'select pg_reload_conf()',
];

export interface TestServer {
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external) return { adminUrl: external, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-test-'));
  const server = await startEmbeddedPostgres({ folder });
  await asAdmin(server.adminUrl, async (client) => {
    for (const statement of THROWN_AWAY) await client.query(statement);
  });
  return {
    adminUrl: server.adminUrl,
    stop: server.stop,
  };
}
