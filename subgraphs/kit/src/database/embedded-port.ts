import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';

export const HOST = '127.0.0.1';

/**
 * The port to listen on: the one requested, else the one remembered if it is still free, else any
 * that is free, since the remembered one was not requested.
 *
 * @param remembered  File with the port of last time.
 */
export async function choosePort(remembered: string, requested?: number): Promise<number> {
  if (requested !== undefined) {
    if (await isFree(requested)) return requested;
    throw taken(requested);
  }
  const last = readPort(remembered);
  return last !== undefined && (await isFree(last)) ? last : freePort();
}

export const taken = (port: number): Error =>
  new Error(
    `Port ${port} of ${HOST} is taken by another program: name another port for the database.`,
  );

function readPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined;
  } catch {
    return undefined;
  }
}

const isFree = (port: number): Promise<boolean> =>
  listenOnce(port).then(
    () => true,
    () => false,
  );

const freePort = (): Promise<number> => listenOnce(0);

/** Listen for an instant; the port that it was. */
const listenOnce = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
