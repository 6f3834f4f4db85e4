/** A scanner of ICAP for tests: it finds the EICAR test file, and nothing else. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ScannerSettings } from '@chengxin/kit/server/file-settings';

/** The harmless text that every scanner reports (eicar.org), in two parts so that this file is none. */
export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-' + 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** How it answers: by what it finds, unclearly, or not at all. */
type Mood = 'SCANS' | 'UNCLEAR' | 'SILENT';

export interface IcapStandIn {
  readonly settings: ScannerSettings;
  readonly requests: readonly string[];
  mood: Mood;
  stop(): Promise<void>;
}

const END = '\r\n\r\n';

/** The body of the encapsulated answer, once all of its chunks are there. */
function bodyOf(text: string): string | undefined {
  const length = Number(/res-body=(\d+)/.exec(text)?.[1]);
  const chunks = text.slice(text.indexOf(END) + END.length + length);
  if (!chunks.endsWith('\r\n0\r\n\r\n')) return undefined;
  const start = chunks.indexOf('\r\n') + 2;
  return chunks.slice(start, start + Number.parseInt(chunks, 16));
}

const answerTo = (mood: Mood, body: string): string => {
  if (mood === 'UNCLEAR') return `ICAP/1.0 200 OK\r\nEncapsulated: null-body=0${END}`;
  const found = 'X-Infection-Found: Type=0; Resolution=2; Threat=Eicar-Test-Signature;';
  return body.includes(EICAR)
    ? `ICAP/1.0 200 OK\r\n${found}\r\nEncapsulated: null-body=0${END}`
    : `ICAP/1.0 204 No Content${END}`;
};

export async function startIcap(): Promise<IcapStandIn> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const body = bodyOf(text);
      if (body === undefined) return;
      requests.push(text.slice(0, text.indexOf('\r\n')));
      if (standIn.mood === 'SILENT') socket.destroy();
      else socket.end(answerTo(standIn.mood, body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const standIn: IcapStandIn = {
    settings: { host: '127.0.0.1', port, service: '/avscan' },
    requests,
    mood: 'SCANS',
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return standIn;
}
