/** `npm run provision -w @chengxin/<office>`: an office's database on a server of one's own. */
import { parseArgs } from 'node:util';
import { randomKey } from '../call/crypto.js';
import { hasDatabase, provisionDatabase } from '../database/provision.js';
import { databaseOf, required, type Environment, type OfficeDatabase } from '../server/config.js';
import type { OfficeDefinition } from '../server/office-definition.js';
import { prepareDatabase } from '../server/office.js';

type Passwords = { readonly owner: string; readonly app: string };

const passwordIn = (url: string): string => decodeURIComponent(new URL(url).password);
const fresh = (): string => randomKey().toString('base64url');

/** The passwords of a database that the settings name; undefined where they name none. */
function passwordsIn(name: string, env: Environment): Passwords | undefined {
  if (!env[`${name.toUpperCase()}_DATABASE_URL`]) return undefined;
  const { ownerUrl, appUrl } = databaseOf(name, env);
  return { owner: passwordIn(ownerUrl), app: passwordIn(appUrl) };
}

const settings = (name: string, { appUrl, ownerUrl }: OfficeDatabase): string => {
  const prefix = name.toUpperCase();
  return `${prefix}_DATABASE_URL=${appUrl}\n${prefix}_OWNER_DATABASE_URL=${ownerUrl}\n`;
};

/**
 * Make an office's database, its two roles and their rights, and apply its migrations; run again with
 * the settings that it wrote, it brings the same up to date and changes no password.
 *
 * The settings for `.env` are all that it writes on its standard output.
 *
 * @throws Error for a database that is there and whose passwords nobody says.
 */
export async function provisionCommand(
  office: OfficeDefinition,
  args: readonly string[],
  env: Environment = process.env,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { 'new-passwords': { type: 'boolean', default: false } },
  });
  const { name } = office;
  const adminUrl = required(env, 'CHENGXIN_ADMIN_DATABASE_URL');
  const known = values['new-passwords'] ? undefined : passwordsIn(name, env);
  if (!known && !values['new-passwords'] && (await hasDatabase(adminUrl, name)))
    throw new Error(
      `The database ${name} is there: set the two settings that it was made with, or give it others by --new-passwords.`,
    );
  const passwords = known ?? { owner: fresh(), app: fresh() };
  const database = await provisionDatabase({ adminUrl, database: name, passwords });
  const { appUrl: databaseUrl, ownerUrl } = database;
  const applied = await prepareDatabase(office, { databaseUrl, ownerUrl });
  process.stderr.write(`${name}: ${applied.length} migrations applied.\n`);
  if (!known) process.stdout.write(settings(name, database));
  return 0;
}
