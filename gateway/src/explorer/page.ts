/** The explorer: GraphiQL under a bar that names the caller. Everything comes from this server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '@chengxin/kit/call/crypto';
import {
  json,
  type HttpRequest,
  type HttpResponse,
  type Route,
  type Routes,
} from '@chengxin/kit/call/http';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import { ROLES } from '@chengxin/kit/privacy/roles';
import { describeValue } from '@chengxin/kit/schema/labels';
import { DEMO_REFERENCES, EXAMPLES } from './examples.js';

/** The browser's part is read as it stands, built or not. */
const FOLDER = join(import.meta.dirname, '../../src/explorer/page');

/** GraphiQL's editor writes its own styles; scripts, workers and requests are from here alone. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** Megabytes are sent once: afterwards the browser asks whether they are still the same. */
function serve(type: string, read: () => Promise<string> | string): Route {
  let content: Promise<{ body: string; etag: string }> | undefined;
  const readOnce = async () => {
    const body = await read();
    return { body, etag: `"${digest(body)}"` };
  };
  return async ({ headers }: HttpRequest): Promise<HttpResponse> => {
    const { body, etag } = await (content ??= readOnce());
    const all = { ...HEADERS, 'content-type': type, 'cache-control': 'no-cache', etag };
    return headers['if-none-match'] === etag
      ? { status: 304, headers: all, body: '' }
      : { status: 200, headers: all, body };
  };
}

const file = (name: string) => () => readFileSync(join(FOLDER, name), 'utf8');

/** GraphiQL is one module of nine megabytes, which is loaded when first requested. */
const graphiql =
  (part: 'js' | 'css' | 'editorWorkerService' | 'jsonWorker' | 'graphqlWorker') => async () =>
    (await import('@graphql-yoga/render-graphiql/graphiql'))[part];

/** Roles with their purposes, examples, and what the demo college's people have to name. */
const SETTINGS = {
  roles: ROLES.map((name) => ({
    name,
    words: describeValue('Role', name),
    purposes: purposesOf(name).map((purpose) => ({
      ...purpose,
      words: describeValue('Purpose', purpose.name),
    })),
  })),
  examples: EXAMPLES,
  demoReferences: DEMO_REFERENCES,
};

/** The page at `GET /` and what it loads. */
export const explorerRoutes = (): Routes => ({
  'GET /': serve(HTML, file('index.html')),
  'GET /explorer/explorer.js': serve(SCRIPT, file('explorer.js')),
  'GET /explorer/explorer.css': serve(STYLE, file('explorer.css')),
  'GET /explorer/settings': () => json(200, SETTINGS),
  'GET /explorer/graphiql.js': serve(SCRIPT, graphiql('js')),
  'GET /explorer/graphiql.css': serve(STYLE, graphiql('css')),
  'GET /explorer/worker/editorWorkerService.js': serve(SCRIPT, graphiql('editorWorkerService')),
  'GET /explorer/worker/json.js': serve(SCRIPT, graphiql('jsonWorker')),
  'GET /explorer/worker/graphql.js': serve(SCRIPT, graphiql('graphqlWorker')),
});
