import { request as call, type ClientRequest } from 'node:http';
import { connect } from 'node:net';
import {
  json,
  serveHttp,
  wholeOf,
  type HttpServer,
  type Routes,
  type ServedRoutes,
} from '@chengxin/kit/call/http';
import { sentence } from '@chengxin/kit/errors';
import { afterEach, expect, test } from 'vitest';
import { post } from '../support/post.js';
import { until } from '../support/until.js';

const BODY_AT_MOST = 1000;
let server: HttpServer;
const faults: unknown[] = [];
const serve = async (routes: ServedRoutes, arrivalMs?: number) => {
  server = await serveHttp({
    ...(arrivalMs && { arrivalMs }),
    port: 0,
    host: '127.0.0.1',
    bodyAtMost: BODY_AT_MOST,
    routes,
    onFault: (error) => faults.push(error),
  });
};
afterEach(async () => {
  faults.splice(0);
  await server.close();
});

const echo: Routes = {
  'POST /echo': ({ body }) => json(200, { size: body.length }),
};

test('a body that is too large gets an error that says so, and the next request is answered', async () => {
  await serve(echo);
  const url = `${server.url}/echo`;
  const tooLarge = {
    status: 413,
    body: {
      errors: [{ message: sentence('BODY_TOO_LARGE'), extensions: { code: 'BODY_TOO_LARGE' } }],
    },
  };

  for (let time = 0; time < 10; time += 1) {
    expect(await post(url, 'x'.repeat(2_000_000))).toEqual(tooLarge);
    expect(await post(url, 'x'.repeat(BODY_AT_MOST + 1))).toEqual(tooLarge);
    expect(await post(url, 'x'.repeat(BODY_AT_MOST))).toEqual({
      status: 200,
      body: { size: BODY_AT_MOST },
    });
  }
});

test('a route that there is not is NOT_FOUND, whatever the method', async () => {
  await serve(echo);

  expect(await post(`${server.url}/other`, '')).toEqual({
    status: 404,
    body: { errors: [{ message: sentence('NOT_FOUND'), extensions: { code: 'NOT_FOUND' } }] },
  });
});

test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'QUERY'])(
  'another method than those of a path, %s, is answered by 405 that names them',
  async (method) => {
    await serve({ ...echo, 'DELETE /other': () => json(200, {}) });
    const { status, allow, text } = await new Promise<Record<string, unknown>>(
      (resolve, reject) => {
        call({ port: server.port, path: '/echo', method }, (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
          answer.on('end', () =>
            resolve({ status: answer.statusCode, allow: answer.headers.allow, text }),
          );
        })
          .on('error', reject)
          .end();
      },
    );
    const body = {
      errors: [{ message: `${sentence('VALIDATION')} POST.`, extensions: { code: 'VALIDATION' } }],
    };
    expect({ status, allow }).toEqual({ status: 405, allow: 'POST' });
    expect(text).toBe(method === 'HEAD' ? '' : JSON.stringify(body));
  },
);

test.each([
  ['its headers', 'POST /echo HTTP/1.1\r\nhost: here\r\n'],
  ['its body', 'POST /echo HTTP/1.1\r\nhost: here\r\ncontent-length: 10\r\n\r\n12345'],
])('a request that does not send %s in time is ended, and is no fault', async (_, beginning) => {
  let routed = 0;
  await serve({ 'POST /echo': () => json(200, { routed: (routed += 1) }) }, 200);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(beginning));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
  expect(answer).toBe('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  expect([routed, faults]).toEqual([0, []]);
});

test('a body that goes on for ever is refused while it arrives', async () => {
  await serve(echo);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write('POST /echo HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\n\r\n');
      socket.write(`800\r\n${'x'.repeat(0x800)}\r\n`);
    });
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
  expect(answer.split('\r\n', 1)).toEqual(['HTTP/1.1 413 Payload Too Large']);
});

/** A route that takes more than others, and reads it itself; it answers bytes. */
const files = (arrivalMs: number): ServedRoutes => ({
  ...echo,
  'POST /files': {
    bodyAtMost: 3 * BODY_AT_MOST,
    arrivalMs,
    answer: async ({ arriving, headers }) =>
      headers['x-refused']
        ? json(403, {})
        : { status: 200, body: Buffer.concat([Buffer.from([255]), await wholeOf(arriving)]) },
  },
  'GET /files/*': ({ url }) => json(200, { path: url.pathname }),
});

test('a route of files has bounds of its own, reads no body of whom it refuses, and answers bytes', async () => {
  await serve(files(1000));
  const url = `${server.url}/files`;
  const send = async (size: number, headers = {}) => {
    const body = Buffer.alloc(size, 254);
    const answer = await fetch(url, { method: 'POST', headers, body });
    return [answer.status, Buffer.from(await answer.arrayBuffer())] as const;
  };
  const whole = Buffer.concat([Buffer.from([255]), Buffer.alloc(3 * BODY_AT_MOST, 254)]);
  expect(await send(3 * BODY_AT_MOST)).toEqual([200, whole]);
  expect((await send(3 * BODY_AT_MOST + 1))[0]).toBe(413);
  expect((await send(3 * BODY_AT_MOST + 1, { 'x-refused': '1' }))[0]).toBe(403);
  expect((await post(`${server.url}/echo`, 'x'.repeat(BODY_AT_MOST + 1))).status).toBe(413);
});

test('a last segment that is any leads to its route, and no further one', async () => {
  await serve(files(1000));
  const get = async (path: string) => (await fetch(`${server.url}${path}`)).status;
  expect([await get('/files/1'), await get('/files/'), await get('/files/1/2')]).toEqual([
    200, 404, 404,
  ]);
  expect((await fetch(`${server.url}/files/1`, { method: 'DELETE' })).headers.get('allow')).toBe(
    'GET',
  );
});

test('beside a route that waits longer, others wait no longer than before', async () => {
  await serve(files(60_000), 200);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write('POST /echo HTTP/1.1\r\nhost: here\r\ncontent-length: 10\r\n\r\n12345'),
    );
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
  expect(answer).toBe('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  expect(faults).toEqual([]);
});

test('what is no address at all is NOT_FOUND too', async () => {
  await serve(echo);

  const answer = await new Promise<number | undefined>((resolve, reject) => {
    call({ port: server.port, path: '//' }, ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end();
  });
  expect(answer).toBe(404);
});

test('a fault of a route is masked, and reported to whoever serves', async () => {
  const fault = new Error('password of 10.0.0.7');
  await serve({ 'POST /fails': () => Promise.reject(fault) });

  expect(await post(`${server.url}/fails`, '')).toEqual({
    status: 500,
    body: { errors: [{ message: 'Internal error.' }] },
  });
  expect(faults).toEqual([fault]);
});

/** A route that answers when it is released. */
function slow() {
  let entered = false;
  let finish = () => {};
  const routes: Routes = {
    'POST /slow': () =>
      new Promise((resolve) => {
        entered = true;
        finish = () => resolve(json(200, 'late'));
      }),
  };
  return { routes, isEntered: () => entered, finish: () => finish() };
}

test('a server that closes answers what is under way, and ends its connection', async () => {
  const { routes, isEntered, finish } = slow();
  await serve(routes);
  const headers = { connection: 'keep-alive' };
  const answer = new Promise<unknown>((resolve) => {
    call(`${server.url}/slow`, { method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () => resolve([response.statusCode, response.headers.connection]));
    }).end();
  });
  await until(isEntered);

  const closed = server.close();
  finish();

  expect(await answer).toEqual([200, 'close']);
  await closed;
});

test('a server is not closed before what runs has ended, though the caller has gone', async () => {
  const { routes, isEntered, finish } = slow();
  await serve(routes);
  const pending: ClientRequest = call(`${server.url}/slow`, { method: 'POST' });
  pending.once('error', () => {});
  pending.end();
  await until(isEntered);
  let isClosed = false;

  pending.destroy();
  const closed = server.close().then(() => (isClosed = true));
  await expect(until(() => isClosed, 200)).rejects.toThrow();
  finish();

  expect(await closed).toBe(true);
});
