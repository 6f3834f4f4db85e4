import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SERVER_ENVIRONMENT } from './embedded-binaries.js';
import type { Files } from './embedded-data.js';
import { passageTo, type Owner } from './embedded-owner.js';
import { choosePort, HOST, taken } from './embedded-port.js';
import { endServer, isReady, START_MS, stopWithProcess, type Server } from './embedded-server.js';

/**
 * Loopback and scram only, no socket in the file system. The log gets no statements and no row
 * values: they may hold what the offices protect.
 */
const SETTINGS = Object.entries({
  listen_addresses: HOST,
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '128MB',
  max_connections: '200',
  max_wal_size: '512MB',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** A log that has grown beyond this is begun anew at the next start. */
const LOG_BYTES = 1_000_000;
const PORT_TAKEN = /could not bind|could not create any TCP/;
/** Backends outlive a killed server for the moment that they take to notice. */
const STILL_IN_USE = /pre-existing shared memory block/;

interface Attempt {
  readonly server: Server;
  /** Why it failed, in PostgreSQL's words. */
  readonly failure: () => string;
}

/** Start a server on data that exists, and wait until it answers. */
export async function launch(
  files: Files,
  bin: string,
  owner: Owner | undefined,
  port?: number,
): Promise<Server> {
  const giveUpAt = Date.now() + START_MS;
  for (;;) {
    const { server, failure } = attempt(files, bin, owner, await choosePort(files.port, port));
    if (await isReady(server, files.data)) return server;
    await endServer(server);
    const why = failure();
    if (PORT_TAKEN.test(why) && port !== undefined) throw taken(port);
    const passes = PORT_TAKEN.test(why) || STILL_IN_USE.test(why);
    if (!passes || Date.now() > giveUpAt) {
      throw new Error(`PostgreSQL did not start on ${files.data}: ${why} (see ${files.log})`);
    }
  }
}

function attempt(files: Files, bin: string, owner: Owner | undefined, port: number): Attempt {
  const passage = passageTo(owner, [files.data]);
  const logged = statSync(files.log, { throwIfNoEntry: false })?.size ?? 0;
  const begin = logged > LOG_BYTES ? 0 : logged;
  const log = openSync(files.log, begin === 0 ? 'w' : 'a', 0o600);
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', String(passage.seen[0]), '-p', String(port), ...SETTINGS],
    {
      ...owner,
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      // A session of its own: Ctrl-C is for this process, which stops the offices first.
      detached: true,
      stdio: ['ignore', log, log, ...passage.descriptors],
    },
  );
  closeSync(log);
  passage.close();
  child.unref();
  let refused: string | undefined;
  child.once('error', (error) => (refused = error.message));
  const server: Server = {
    pid: child.pid ?? 0,
    port,
    hasEnded: () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null,
  };
  stopWithProcess(server);
  return { server, failure: () => refused ?? lastWords(files.log, begin) };
}

function lastWords(log: string, begin: number): string {
  const lines = readFileSync(log).subarray(begin).toString('utf8').split('\n');
  const fatal = lines.findLast((line) => /(FATAL|PANIC|ERROR|postgres): /.test(line));
  return fatal?.replace(/^.*?(FATAL|PANIC|ERROR|postgres): +/, '') ?? 'it ended without a word';
}
