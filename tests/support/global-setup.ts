import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { dropDatabase } from '@chengxin/kit/database/provision';
import { OFFICES } from '@chengxin/gateway/offices';
import { startTestServer } from './postgres.js';
import { makeTemplates } from './templates.js';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    templates: string;
    keys: string;
  }
}

/** One server and one set of templates for the whole run. */
export default async function setup(project: TestProject) {
  const server = await startTestServer();
  const templates = `test_${process.pid}`;
  const keys = await makeTemplates(server.adminUrl, templates);
  project.provide('adminUrl', server.adminUrl);
  project.provide('templates', templates);
  project.provide('keys', keys);
  return async () => {
    for (const { name } of OFFICES)
      await dropDatabase({ adminUrl: server.adminUrl, database: `${templates}_${name}` });
    await rm(keys, { recursive: true, force: true });
    await server.stop();
  };
}
