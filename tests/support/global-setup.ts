import type { TestProject } from 'vitest/node';
import { startTestServer } from './postgres.js';
import { beginRun } from './run.js';
import { makeTemplates } from './templates.js';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    /** Names of all databases and roles of this run begin so. */
    templates: string;
    keys: string;
  }
}

/** Where vitest keeps what it has transformed; it does not say so itself. */
const folderOf = ({ vitest }: TestProject): string =>
  (vitest as unknown as { readonly _tmpDir: string })._tmpDir;

/** One server and one set of templates for the whole run, which leaves nothing behind. */
export default async function setup(project: TestProject) {
  const run = beginRun(folderOf(project), process.env['TEST_DATABASE_URL']);
  const server = await startTestServer();
  const keys = await makeTemplates(server.adminUrl, run.prefix);
  project.provide('adminUrl', server.adminUrl);
  project.provide('templates', run.prefix);
  project.provide('keys', keys);
  return async () => {
    await server.stop();
    await run.end();
  };
}
