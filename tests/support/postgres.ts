/** The PostgreSQL server of a test run: an external one, or an embedded one in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@chengxin/kit/database/embedded';

export interface TestServer {
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external) return { adminUrl: external, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-test-'));
  const server = await startEmbeddedPostgres({ folder });
  return {
    adminUrl: server.adminUrl,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
