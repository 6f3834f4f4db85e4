/** A small HTTP server over raw bytes: what is signed is what arrived. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fault, isFault, type ErrorCode } from '../errors.js';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Of the other end of the connection: the caller's, or that of a proxy. */
  readonly address: string;
  /** Aborted when the caller goes away before he is answered. */
  readonly gone: AbortSignal;
}
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
export type Route = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

/** A request whose body nobody has read yet. */
export interface ArrivingRequest extends Omit<HttpRequest, 'body'> {
  /** The bytes as they come, once; more than the route takes end it (413). */
  readonly arriving: AsyncIterable<Buffer>;
}
/** A route that reads its body itself, once it knows who sends it: files. */
export interface ArrivingRoute {
  readonly bodyAtMost: number;
  /** How long a request may take to arrive. */
  readonly arrivalMs: number;
  /** How long it may stand still meanwhile; as long as it may take, when nothing is said. */
  readonly stallMs?: number;
  readonly answer: (request: ArrivingRequest) => Promise<HttpResponse>;
}
/** `POST /graphql` → what answers it. */
export type Routes = Readonly<Record<string, Route>>;
/** The same with routes of files; in `GET /files/*` the star is any segment. */
export type ServedRoutes = Readonly<Record<string, Route | ArrivingRoute>>;

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

export const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: JSON_HEADERS,
  body: JSON.stringify(value),
});

/** The connection ends with the answer. */
const LAST = { connection: 'close' };
const SWEEP_MS = 20;
/** Nothing runs for so many of them: whoever is connected requests nothing. */
const QUIET_SWEEPS = 5;
/** What still runs after a close is given this long. */
const DRAIN_MS = 10_000;

const FAULT_STATUS: Readonly<Record<string, number>> = {
  VALIDATION: 400,
  QUERY_TOO_DEEP: 400,
  QUERY_TOO_COSTLY: 400,
  OPERATION_UNKNOWN: 400,
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  STATE_CONFLICT: 409,
  BODY_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  STUDENT_CAP: 429,
  SUBGRAPH_UNAVAILABLE: 503,
  AUDIT_UNAVAILABLE: 503,
};
const USUAL_STATUS = 403;

/** The answer to a request that a fault ended; what is no fault of ours is thrown on. */
export function faultAnswer(error: unknown): HttpResponse {
  if (!isFault(error)) throw error;
  const { code, retryAfterSeconds: seconds } = error.extensions;
  const answer = json(FAULT_STATUS[String(code)] ?? USUAL_STATUS, { errors: [error.toJSON()] });
  return typeof seconds === 'number'
    ? { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
    : answer;
}

/** A file that a browser saves under a name. */
export const attachment = (
  body: HttpResponse['body'],
  type: string,
  name: string,
): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
  },
  body,
});

/** An error as GraphQL clients expect it. */
export const refusal = (status: number, code: ErrorCode, what?: string): HttpResponse =>
  json(status, { errors: [fault(code, what).toJSON()] });

class BodyTooLarge extends Error {}
/** The caller went away, or took too long, before the whole body was there: nobody waits for an answer. */
class BodyCutShort extends Error {}

const TOO_LATE = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/** End a request that takes too long, after some time. */
const endAfter = (request: IncomingMessage, ms: number): NodeJS.Timeout =>
  globalThis.setTimeout(() => {
    request.socket.end(TOO_LATE, () => request.destroy());
  }, ms);

/** The bytes of a request as they come. */
async function* arrivingOf(
  request: IncomingMessage,
  atMost: number,
  stallMs?: number,
): AsyncGenerator<Buffer> {
  let size = 0;
  const begin = () => (stallMs === undefined ? undefined : endAfter(request, stallMs));
  // Only while bytes are waited for, and not while they are used.
  let late = begin();
  // A request that is destroyed while it still arrives takes its answer along.
  const arriving = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    for await (const chunk of arriving) {
      clearTimeout(late);
      size += chunk.length;
      if (size > atMost) throw new BodyTooLarge();
      yield chunk;
      late = begin();
    }
  } catch (error) {
    if (error instanceof BodyTooLarge || !request.destroyed) throw error;
    throw new BodyCutShort('The body was cut short.', { cause: error });
  } finally {
    clearTimeout(late);
  }
}

/** All bytes of a body, which is bounded. */
export async function wholeOf(arriving: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of arriving) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The whole body within its time: the server itself waits as long as its slowest route. */
async function readBody(
  request: IncomingMessage,
  atMost: number,
  withinMs: number,
): Promise<Buffer> {
  const late = endAfter(request, withinMs);
  try {
    return await wholeOf(arrivingOf(request, atMost));
  } finally {
    clearTimeout(late);
  }
}

/** Whether a path is one of a pattern: `/files/1` of `/files/*`. */
function isOf(pattern: string, path: string): boolean {
  const [parts, given] = [pattern.split('/'), path.split('/')];
  const fits = (part: string, at: number) => part === given[at] || (part === '*' && given[at]);
  return parts.length === given.length && parts.every(fits);
}

/** What a path answers to, by method; nothing where there is no such path. */
const routesOf = (routes: ServedRoutes, path: string): Map<string, Route | ArrivingRoute> =>
  new Map(
    Object.entries(routes).flatMap(([key, route]) => {
      const [method = '', of = ''] = key.split(' ');
      return isOf(of, path) ? [[method, route] as const] : [];
    }),
  );

const urlOf = (request: IncomingMessage): URL | null =>
  URL.parse(request.url ?? '/', 'http://localhost');
const pathOf = (request: IncomingMessage): string => urlOf(request)?.pathname ?? '';

/** There is no such path, or it takes other methods, which are named (RFC 9110, 15.5.6). */
function refuseRoute(routes: ServedRoutes, path: string): HttpResponse {
  const methods = [...routesOf(routes, path).keys()];
  if (methods.length === 0) return refusal(404, 'NOT_FOUND');
  const allow = methods.join(', ');
  const answer = refusal(405, 'VALIDATION', `${allow}.`);
  return { ...answer, headers: { ...answer.headers, ...LAST, allow } };
}

interface Bounds {
  readonly bodyAtMost: number;
  readonly arrivalMs: number;
  readonly gone: AbortSignal;
}

async function answer(
  routes: ServedRoutes,
  request: IncomingMessage,
  { bodyAtMost, arrivalMs, gone }: Bounds,
): Promise<HttpResponse> {
  const url = urlOf(request);
  const method = request.method ?? 'GET';
  if (!url) return refusal(404, 'NOT_FOUND');
  const { pathname } = url;
  const route = routes[`${method} ${pathname}`] ?? routesOf(routes, pathname).get(method);
  if (!route) return refuseRoute(routes, pathname);
  // A connection that has ended reports no address any more.
  const { remoteAddress: address = '' } = request.socket;
  const head = { method, url, headers: request.headers, address, gone };
  if (typeof route !== 'function') {
    const arriving = arrivingOf(request, route.bodyAtMost, route.stallMs);
    const given = await route.answer({ ...head, arriving });
    // Of a request that is refused before its bytes have come, nobody reads them any more.
    return request.complete ? given : { ...given, headers: { ...given.headers, ...LAST } };
  }
  return route({ ...head, body: await readBody(request, bodyAtMost, arrivalMs) });
}

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, waits for what runs (10 s at most), then ends. */
  close(): Promise<void>;
}

/** To stop twice is to stop once: one signal may follow another. */
export function once(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stop());
}

/** `code` of the reason for which `gone` is aborted. */
export const CALLER_GONE = 'CALLER_GONE';

/** Aborted when the connection ends before the answer has been given to it. */
function goneBefore(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded)
      gone.abort(Object.assign(new Error('The caller has gone.'), { code: CALLER_GONE }));
  });
  return gone.signal;
}

/** Within so long the headers of a request must be there, and its body. */
export const ARRIVAL_MS = 10_000;

interface HttpOptions {
  readonly port: number;
  readonly host: string;
  readonly bodyAtMost: number;
  /** How long a request may take to arrive; 10 s, when nothing is said. */
  readonly arrivalMs?: number;
  readonly routes: ServedRoutes;
  /** Headers that each answer of a path has beside its own, refusals and faults too. */
  readonly headersOf?: (
    path: string,
    request: Pick<HttpRequest, 'headers'>,
  ) => Readonly<Record<string, string>>;
  onFault(error: unknown): void;
}

/**
 * Connections end before their requests when callers go away, so both are waited for:
 * what still runs needs the database that is closed next.
 */
async function closeServer(server: Server, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection over which nothing was ever requested, or whose answer had begun, is none of those that
  // are idle: its other end would keep it for seconds.
  let quiet = 0;
  const sweeping = setInterval(() => {
    quiet = running.size ? 0 : quiet + 1;
    if (quiet > QUIET_SWEEPS) server.closeAllConnections();
  }, SWEEP_MS);
  const late = new AbortController();
  await Promise.race([
    closed.then(() => Promise.all(running)),
    setTimeout(DRAIN_MS, undefined, late).catch(() => {}),
  ]);
  late.abort();
  server.closeAllConnections();
  await closed;
  clearInterval(sweeping);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken; set another one.`, { cause }) : cause);
    });
    server.listen(port, host, resolve);
  });
}

/** Serve some routes until closed. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  let isClosing = false;
  const running = new Set<Promise<void>>();
  const { arrivalMs = ARRIVAL_MS } = options;
  const slowest = Object.values(options.routes).map((route) =>
    typeof route === 'function' ? arrivalMs : route.arrivalMs,
  );
  const arrival = {
    headersTimeout: arrivalMs,
    requestTimeout: Math.max(arrivalMs, ...slowest),
    connectionsCheckingInterval: Math.min(arrivalMs, 1000),
  };
  const server = createServer(arrival, (request, response) => {
    const gone = goneBefore(response);
    const { routes, bodyAtMost } = options;
    const run = answer(routes, request, { bodyAtMost, arrivalMs, gone })
      .catch((error: unknown) => {
        if (error instanceof BodyTooLarge) {
          const refused = refusal(413, 'BODY_TOO_LARGE');
          return { ...refused, headers: { ...refused.headers, ...LAST } };
        }
        if (!(error instanceof BodyCutShort)) options.onFault(error);
        return json(500, { errors: [{ message: 'Internal error.' }] });
      })
      .then(({ status, headers, body }) => {
        const also = options.headersOf?.(pathOf(request), request);
        response.writeHead(status, { ...also, ...headers, ...(isClosing && LAST) });
        response.end(body);
      })
      .finally(() => running.delete(run));
    running.add(run);
  });
  await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    port,
    close() {
      isClosing = true;
      return closeServer(server, running);
    },
  };
}
