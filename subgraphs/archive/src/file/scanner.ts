/**
 * A scanner that speaks ICAP (RFC 3507): the bytes are shown to it as an answer of HTTP (RESPMOD), and
 * it says whether they may pass. Whatever it does not say clearly leaves a file where it is.
 */
import { connect, type Socket } from 'node:net';
import type { ScannerSettings } from '@chengxin/kit/server/file-settings';

export type Finding = 'CLEAN' | 'INFECTED';

const TIMEOUT_MS = 30_000;
/** An answer that repeats the bytes is read no further than its head. */
const HEAD_AT_MOST = 64 * 1024;
const END_OF_HEAD = '\r\n\r\n';
/** What scanners name an infection by: c-icap, Symantec, McAfee, Kaspersky, ClamAV gateways. */
const INFECTED = /^x-(?:infection-found|virus-id|violations-found|virus-name):/im;

/** The bytes as one chunk. */
const chunked = (bytes: Buffer): Buffer[] => [
  Buffer.from(`${bytes.length.toString(16)}\r\n`),
  bytes,
  Buffer.from('\r\n0\r\n\r\n'),
];

function requestOf({ host, port, service }: ScannerSettings, bytes: Buffer): Buffer {
  const requestHead = `GET /file HTTP/1.1\r\nHost: archive${END_OF_HEAD}`;
  const responseHead =
    'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n' +
    `Content-Length: ${bytes.length}${END_OF_HEAD}`;
  const head = [
    `RESPMOD icap://${host}:${port}${service} ICAP/1.0`,
    `Host: ${host}:${port}`,
    'Allow: 204',
    'Connection: close',
    `Encapsulated: req-hdr=0, res-hdr=${requestHead.length}, res-body=${requestHead.length + responseHead.length}`,
  ].join('\r\n');
  const heads = Buffer.from(`${head}${END_OF_HEAD}${requestHead}${responseHead}`);
  return Buffer.concat([heads, ...chunked(bytes)]);
}

/** The head of the answer. */
async function headFrom(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1');
    const end = text.indexOf(END_OF_HEAD);
    if (end >= 0) return text.slice(0, end);
    if (text.length > HEAD_AT_MOST) break;
  }
  throw new Error('The scanner did not answer.');
}

/**
 * Have bytes scanned.
 *
 * @returns Undefined for an answer that says neither: passed on unchanged (204), or an infection by name.
 * @throws Error when the scanner cannot be reached, or takes longer than half a minute.
 */
export async function scan(settings: ScannerSettings, bytes: Buffer): Promise<Finding | undefined> {
  const { host, port } = settings;
  const socket = connect({ host, port });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('The scanner took too long.')));
  try {
    socket.write(requestOf(settings, bytes));
    const head = await headFrom(socket);
    const status = /^ICAP\/1\.0 (\d{3})/.exec(head)?.[1];
    if (status === '200' && INFECTED.test(head)) return 'INFECTED';
    return status === '204' && !INFECTED.test(head) ? 'CLEAN' : undefined;
  } finally {
    socket.destroy();
  }
}
