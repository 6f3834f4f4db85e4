/** An S3-compatible service for tests: objects by path, for whoever signs with the right key. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreSettings } from '@chengxin/kit/server/file-settings';

export interface BucketStandIn {
  readonly settings: Exclude<StoreSettings, { readonly folder: string }>;
  readonly objects: Map<string, Buffer>;
  stop(): Promise<void>;
}

const KEY_ID = 'test-key';
const SIGNED = new RegExp(
  `^AWS4-HMAC-SHA256 Credential=${KEY_ID}/\\d{8}/us-east-1/s3/aws4_request,`,
);

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const fault = (code: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;

export async function startBucket(): Promise<BucketStandIn> {
  const objects = new Map<string, Buffer>();
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const xml = { 'content-type': 'application/xml' };
    if (!SIGNED.test(request.headers.authorization ?? ''))
      return void response.writeHead(403, xml).end(fault('AccessDenied'));
    if (request.method === 'PUT') {
      objects.set(path, body);
      return void response.writeHead(200, { etag: '"1"' }).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(path);
      return void response.writeHead(204).end();
    }
    const object = objects.get(path);
    if (!object) return void response.writeHead(404, xml).end(fault('NoSuchKey'));
    response.writeHead(200, { 'content-length': object.length }).end(object);
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: 'files',
      accessKeyId: KEY_ID,
      secretAccessKey: 'test-secret',
    },
    objects,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
