/** What a process takes from `.env`: what the environment says stands, then the nearer file. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeSettings } from '@chengxin/kit/server/env-files';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let root: string;
let part: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chengxin-env-'));
  part = join(root, 'finance');
  await mkdir(part);
  for (const name of ['SAID', 'NEAR', 'FAR']) vi.stubEnv(`ENV_TEST_${name}`, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const found = () => ['SAID', 'NEAR', 'FAR'].map((name) => process.env[`ENV_TEST_${name}`]);
const write = (folder: string, ...names: string[]) =>
  writeFile(
    join(folder, '.env'),
    names.map((name) => `ENV_TEST_${name}=${folder === part ? 'part' : 'root'}\n`).join(''),
  );

test('the environment wins, then the part’s own file, then that of the whole', async () => {
  vi.stubEnv('ENV_TEST_SAID', 'environment');
  await write(part, 'SAID', 'NEAR');
  await write(root, 'SAID', 'NEAR', 'FAR');

  takeSettings([part, root]);

  expect(found()).toEqual(['environment', 'part', 'root']);
});

test('neither file need be there', () => {
  takeSettings([part, root]);

  expect(found()).toEqual([undefined, undefined, undefined]);
});
