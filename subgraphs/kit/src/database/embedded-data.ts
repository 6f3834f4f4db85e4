import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey } from '../call/crypto.js';
import { SERVER_ENVIRONMENT } from './embedded-binaries.js';
import { passageTo, type Owner } from './embedded-owner.js';

export const SUPERUSER = 'chengxin';
const DRAFT = 'postgres.new-';

/** The files of one embedded server, all in the folder that it was given. */
export const filesOf = (folder: string) => ({
  folder,
  data: join(folder, 'postgres'),
  password: join(folder, 'postgres.password'),
  port: join(folder, 'postgres.port'),
  log: join(folder, 'postgres.log'),
});
export type Files = ReturnType<typeof filesOf>;

/**
 * Make the data folder unless it is there. It grows under another name and is renamed when
 * complete, so that a start which was killed half-way leaves nothing that looks like a database.
 *
 * @returns The superuser's password.
 */
export async function prepareData(
  files: Files,
  bin: string,
  owner: Owner | undefined,
): Promise<string> {
  sweep(files.folder);
  if (existsSync(files.data)) return readPassword(files);
  const password = randomKey().toString('base64url');
  writePassword(files, password);
  await initialise(files, bin, owner, password);
  return password;
}

/**
 * Clear away what killed starts left. An initdb that outlived its starter may still be writing
 * there, which is why every draft has a name of its own; what it makes now goes next time.
 */
function sweep(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(DRAFT))) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Filled again while it was emptied.
    }
  }
}

function readPassword({ data, password }: Files): string {
  try {
    return readFileSync(password, 'utf8').trim();
  } catch (cause) {
    throw new Error(
      `The database in ${data} needs its password file ${password}, which cannot be read: put it back, or move the database away to begin anew.`,
      { cause },
    );
  }
}

/** Written whole or not at all. */
function writePassword(files: Files, password: string): void {
  const draft = join(files.folder, `${DRAFT}password`);
  writeFileSync(draft, `${password}\n`, { mode: 0o600 });
  renameSync(draft, files.password);
}

async function initialise(
  { folder, data }: Files,
  bin: string,
  owner: Owner | undefined,
  password: string,
): Promise<void> {
  const draft = join(folder, `${DRAFT}${randomUUID()}`);
  const secret = `${draft}.password`;
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  try {
    if (owner) for (const path of [draft, secret]) chownSync(path, owner.uid, owner.gid);
    await initdb(bin, owner, draft, secret);
    renameSync(draft, data);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`The database could not be created in ${folder}: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    rmSync(secret, { force: true });
  }
}

function initdb(
  bin: string,
  owner: Owner | undefined,
  data: string,
  secret: string,
): Promise<void> {
  const passage = passageTo(owner, [data, secret]);
  const [dataSeen, secretSeen] = passage.seen;
  const child = spawn(
    join(bin, 'initdb'),
    [
      `--pgdata=${dataSeen}`,
      `--pwfile=${secretSeen}`,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    {
      ...owner,
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe', ...passage.descriptors],
    },
  );
  passage.close();
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim().split('\n')[0] || `initdb: ${code}`)),
    );
  });
}
