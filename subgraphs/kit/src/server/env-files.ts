import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** Take settings from the `.env` of each folder: what is set stands, and of two files the first. */
export function takeSettings(folders: readonly string[]): void {
  for (const file of folders.map((folder) => join(folder, '.env')))
    if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * Take the settings of a part: from its own `.env`, then from that beside the root package.json.
 *
 * @param folder  Of the part's package.json.
 */
export function readEnvFiles(folder: string): void {
  // For the tests: what a developer keeps there is for his own college.
  if (!process.env['CHENGXIN_WITHOUT_ENV_FILES']) takeSettings([folder, ROOT]);
}
