/**
 * Loaded into a process by `--import`: writes down each connection, look-up of a name and socket for
 * datagrams of that process, as the handles below Node's own modules have them. Nothing is kept back.
 */
import { createHook } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

const file = process.env['EGRESS_FILE'] ?? '';
const write = (host: unknown, port?: number) =>
  appendFileSync(file, `${JSON.stringify({ host, port })}\n`);

interface Handle {
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

/** Connections, `getaddrinfo`, and questions to a name server. */
const KINDS: ReadonlySet<string> = new Set(['TCPCONNECTWRAP', 'GETADDRINFOREQWRAP', 'QUERYWRAP']);

createHook({
  init(_id, kind, _trigger, resource) {
    if (!KINDS.has(kind)) return;
    const { address, port, hostname } = resource as Handle;
    write(hostname ?? address, port);
  },
}).enable();

subscribe('udp.socket', () => write('datagrams'));
