/** Settings, read once from the environment, checked and frozen: those of one office here. */
import { systemClock, type Clock } from '../clock.js';
import { backupSettingsOf, type BackupSettings } from '../backup/settings.js';
import { readKeyring, type Keyring } from '../call/keyring.js';
import { fileSettingsOf, type FileSettings } from './file-settings.js';
import { createLog, type Log } from './log.js';

/** Where another office answers; unknown until it has started, when all run in one process. */
export type Addresses = (office: string) => string | undefined;

/** What work on an office's data needs, in a server or in a command. */
export interface WorkConfig {
  /** Database under the run-time role. */
  readonly databaseUrl: string;
  readonly keyring: Keyring;
  readonly addresses: Addresses;
  readonly clock: Clock;
  readonly log: Log;
  /** Kinds of study to which the measures apply; the usual ones, when nothing is said (G22). */
  readonly studentScopes?: readonly string[];
  /** In which days appeals against sanctions count; calendar days, when nothing is said (L-06). */
  readonly appealDays?: AppealDays;
  /** Where uploaded files lie; without it none is taken (F-14). */
  readonly files?: FileSettings;
  /** Where its backups lie, and under which key; without it none is written (F-06). */
  readonly backup?: BackupSettings;
  /** Until when jobs wait, where the others start in the same process: their addresses are known then. */
  readonly othersKnown?: Promise<void>;
}

/** What its server needs besides. */
export interface OfficeConfig extends WorkConfig {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** The database under the migration owner, who owns the logs; never the run-time role. */
  readonly ownerUrl: string;
  /** Students whom one person may open within an hour; the usual number, when nothing is said. */
  readonly studentsPerHour?: number;
  /** Whether this process takes part in the office's jobs. */
  readonly runsJobs: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The setting of that name; an Error that names it where there is none. */
export function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`Set ${name}; see .env.example.`);
  return value;
}

/** The port named by a variable, or the usual one. */
export function portOf(env: Environment, name: string, usual: number): number {
  const port = Number(env[name] ?? usual);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} is not a port number.`);
  return port;
}

/** Who advises a college opens some dozens an hour; a list of all is no opening. */
export const USUAL_STUDENTS_PER_HOUR = 300;

const STUDENTS_AT_MOST = 1_000_000;

/** @throws Error that names the setting. */
export function studentsPerHourOf(env: Environment): number {
  const text = env['STUDENTS_PER_HOUR'] || String(USUAL_STUDENTS_PER_HOUR);
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > STUDENTS_AT_MOST)
    throw new Error(`STUDENTS_PER_HOUR is not a number of students, 1 to ${STUDENTS_AT_MOST}.`);
  return count;
}

/** Full-time students of a junior college (G22). */
export const USUAL_SCOPES: readonly string[] = ['FULLTIME_JUNIOR'];

/** `FULLTIME_JUNIOR,FULLTIME_UNDERGRAD` */
export function studentScopesOf(env: Environment): readonly string[] {
  const named = (env['STUDENT_SCOPES'] ?? '').split(',').map((name) => name.trim());
  const scopes = named.filter(Boolean);
  const wrong = scopes.filter((name) => !/^[A-Z_]+$/.test(name));
  if (wrong.length) throw new Error(`STUDENT_SCOPES: ${wrong.join(', ')} is no kind of study.`);
  return scopes.length ? scopes : USUAL_SCOPES;
}

/** Days in which an appeal against a sanction counts: all, or those of the school's calendar (L-06). */
export type AppealDays = 'CALENDAR' | 'WORKING';

/** @throws Error that names the setting. */
export function appealDaysOf(env: Environment): AppealDays {
  const named = env['SANCTION_APPEAL_DAYS'] || 'CALENDAR';
  if (named !== 'CALENDAR' && named !== 'WORKING')
    throw new Error('SANCTION_APPEAL_DAYS is CALENDAR or WORKING.');
  return named;
}

/** Parse `archive=http://…,finance=http://…`. */
function addressesOf(text: string | undefined): Addresses {
  const pairs = (text ?? '').split(',').filter(Boolean);
  const addresses = new Map<string, string>();
  for (const pair of pairs) {
    const [name = '', url = ''] = pair.split(/=(.*)/s);
    if (!URL.canParse(url)) throw new Error(`CHENGXIN_OFFICES: ${name} has no address.`);
    addresses.set(name, url);
  }
  return (office) => addresses.get(office);
}

/** An office's database under its two roles, which are two: who runs may not own (INV-12). */
export interface OfficeDatabase {
  readonly appUrl: string;
  readonly ownerUrl: string;
}

/** @throws Error for a migration owner who is missing, or who is the run-time role itself. */
export function databaseOf(name: string, env: Environment): OfficeDatabase {
  const prefix = name.toUpperCase();
  const appUrl = required(env, `${prefix}_DATABASE_URL`);
  const ownerUrl = required(env, `${prefix}_OWNER_DATABASE_URL`);
  if (new URL(appUrl).username === new URL(ownerUrl).username)
    throw new Error(
      `${prefix}_OWNER_DATABASE_URL names the role of ${prefix}_DATABASE_URL: who serves would own its logs.`,
    );
  return { appUrl, ownerUrl };
}

/**
 * Configuration of a command of an office.
 *
 * @throws Error naming the variable that is missing or wrong.
 */
export async function readWorkConfig(
  name: string,
  env: Environment = process.env,
): Promise<WorkConfig> {
  const backup = backupSettingsOf(env);
  return Object.freeze({
    ...(backup && { backup }),
    databaseUrl: required(env, `${name.toUpperCase()}_DATABASE_URL`),
    keyring: await readKeyring(required(env, 'CHENGXIN_KEYS'), name),
    addresses: addressesOf(env['CHENGXIN_OFFICES']),
    clock: systemClock,
    log: createLog(name),
    studentScopes: studentScopesOf(env),
    appealDays: appealDaysOf(env),
  });
}

/**
 * Configuration of an office that runs as a process of its own.
 *
 * @throws Error naming the variable that is missing or wrong.
 */
export async function readOfficeConfig(
  name: string,
  usualPort: number,
  env: Environment = process.env,
): Promise<OfficeConfig> {
  const files = fileSettingsOf(env);
  return Object.freeze({
    ...(await readWorkConfig(name, env)),
    ...(files && { files }),
    port: portOf(env, `${name.toUpperCase()}_PORT`, usualPort),
    host: env['HOST'] ?? '127.0.0.1',
    ownerUrl: databaseOf(name, env).ownerUrl,
    runsJobs: true,
    studentsPerHour: studentsPerHourOf(env),
  });
}
