import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { asAdmin } from './admin.js';
import { serverBinaries } from './embedded-binaries.js';
import { filesOf, prepareData, SUPERUSER, type Files } from './embedded-data.js';
import { launch } from './embedded-launch.js';
import { takeFolder } from './embedded-lock.js';
import { serverOwner } from './embedded-owner.js';
import { HOST } from './embedded-port.js';
import { endServer, leftOver, type Server } from './embedded-server.js';

export interface EmbeddedPostgres {
  /** URL of the superuser, password included; not for logs. */
  readonly adminUrl: string;
  readonly port: number;
  /** Whether a server was found running that a killed starter had left. */
  readonly reused: boolean;
  /** Stop the server, found or started, and give up the folder. */
  stop(): Promise<void>;
}

const WRONG_PASSWORD = '28P01';
/** Each login has a database of its own; those that come with a server are for nobody else. */
const CLOSED = 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC';

/**
 * PostgreSQL for one machine: binaries from npm, data in one folder, loopback only, scram for
 * everybody. It stops with this process; when this process is killed, the next start finds the
 * server and goes on with it.
 *
 * @param folder  Made if it is not there; belongs to one starter at a time.
 * @param port    A free one is found, and remembered, when none is requested.
 * @throws        One sentence that names the folder or the port.
 */
export async function startEmbeddedPostgres(options: {
  readonly folder: string;
  readonly port?: number;
}): Promise<EmbeddedPostgres> {
  const files = filesOf(resolve(options.folder));
  const giveUp = claim(files.folder);
  let server: Server | undefined;
  try {
    const owner = serverOwner(files.data);
    const bin = await serverBinaries(files.folder, owner);
    const password = await prepareData(files, bin, owner);
    const urlOf = (port: number) => `postgres://${SUPERUSER}:${password}@${HOST}:${port}/postgres`;
    const found = await leftOver(files.data, async (port) => {
      const wanted = options.port === undefined || options.port === port;
      return (
        wanted &&
        enter(urlOf(port), files).then(
          () => true,
          () => false,
        )
      );
    });
    server = found ?? (await launch(files, bin, owner, options.port));
    const adminUrl = urlOf(server.port);
    if (!found) await enter(adminUrl, files);
    writeFileSync(files.port, `${server.port}\n`);
    return { adminUrl, port: server.port, reused: Boolean(found), stop: stopOnce(server, giveUp) };
  } catch (error) {
    if (server) await endServer(server);
    giveUp();
    throw error;
  }
}

/** Make the folder and take it; a folder that cannot be written is named in one sentence. */
function claim(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    return takeFolder(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new Error(
      `The data folder ${folder} cannot be written (${code}): let this user write there, or name another folder in CHENGXIN_DATA.`,
      { cause },
    );
  }
}

async function enter(adminUrl: string, { data, password }: Files): Promise<void> {
  try {
    await asAdmin(adminUrl, (client) => client.query(CLOSED));
  } catch (cause) {
    if ((cause as { code?: string }).code !== WRONG_PASSWORD) throw cause;
    throw new Error(
      `The password in ${password} is not that of the database in ${data}: put the right file back.`,
      { cause },
    );
  }
}

function stopOnce(server: Server, giveUp: () => void): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= endServer(server).then(giveUp));
}
