import { randomKey } from '@chengxin/kit/call/crypto';
import { hasDatabase } from '@chengxin/kit/database/provision';
import { required } from '@chengxin/kit/server/config';
import type { OfficeCommand } from '@chengxin/kit/server/run';
import { provisionReporting, provisionToolLogin } from './reporting-database.js';

const USUAL_NAME = 'reporting';
const NEW_PASSWORDS = '--new-passwords';
const LOGIN = 'login';
const fresh = (): string => randomKey().toString('base64url');

/**
 * `npm run reporting -w @chengxin/archive`: the database of releases and its two logins. The setting for
 * the archive's `.env` is all that it writes on its standard output; the address for the tool stands on
 * the other one. `… -- login superset`: a login of its own for one tool, or another password for it.
 */
export const reporting: OfficeCommand = async (_office, args) => {
  const adminUrl = required(process.env, 'CHENGXIN_ADMIN_DATABASE_URL');
  const [what, tool] = args;
  if (what === LOGIN) {
    const named = { adminUrl, database: USUAL_NAME, tool: tool ?? '', password: fresh() };
    process.stderr.write(`For ${tool}: ${await provisionToolLogin(named)}\n`);
    return 0;
  }
  if (!args.includes(NEW_PASSWORDS) && (await hasDatabase(adminUrl, USUAL_NAME)))
    throw new Error(`The database ${USUAL_NAME} is there: give it others by ${NEW_PASSWORDS}.`);
  const passwords = { owner: fresh(), app: fresh() };
  const made = await provisionReporting({ adminUrl, database: USUAL_NAME, passwords });
  process.stderr.write(`For the reporting tool: ${made.readerUrl}\n`);
  process.stdout.write(`REPORTING_DATABASE_URL=${made.writerUrl}\n`);
  return 0;
};
