/**
 * `npm run conformance:serve`: the executor alone over the supergraph in the file `SUPERGRAPH`, at
 * `http://127.0.0.1:$PORT/graphql`, for suites that compare gateways. It has neither identity nor
 * privacy, so it does not start with `NODE_ENV=production`.
 */
import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import { boundedCache } from '@chengxin/gateway/bounded-cache';
import { openGateway } from '@chengxin/gateway/execute/open-gateway';
import { json, serveHttp, type HttpRequest } from '@chengxin/kit/call/http';
import { GraphQLError, parse, validate, type DocumentNode } from 'graphql';
import { Pool } from 'undici';

const CONNECTIONS = 128;
const BODY_AT_MOST = 10_000_000;
const KEEP = 1000;
const USUAL_PORT = 4000;
const OK = 200;

const { SUPERGRAPH: file, PORT: port = String(USUAL_PORT), NODE_ENV: environment } = process.env;
if (environment === 'production')
  throw new Error('This server guards nothing: it does not start with NODE_ENV=production.');
if (!file) throw new Error('SUPERGRAPH is not set: the file of the composed supergraph.');
const supergraphSdl = readFileSync(file, 'utf8');

/** Where each subgraph answers, as the supergraph says. */
function addressesIn(sdl: string): ReadonlyMap<string, URL> {
  const found = new Map<string, URL>();
  for (const [, name = '', url = ''] of sdl.matchAll(
    /@join__graph\(name: "([^"]+)", url: "([^"]*)"\)/g,
  ))
    found.set(name, new URL(url));
  return found;
}

/** A subgraph over connections that are kept. */
function sourceAt({ origin, pathname, search }: URL): GraphQLDataSource {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const headers = { 'content-type': 'application/json' };
  return {
    async process({ request: { query, variables, operationName } }) {
      const body = JSON.stringify({ query, variables, operationName });
      const path = `${pathname}${search}`;
      const answer = await pool.request({ method: 'POST', path, headers, body });
      return (await answer.body.json()) as Awaited<ReturnType<GraphQLDataSource['process']>>;
    },
  };
}

const addresses = addressesIn(supergraphSdl);
const gateway = await openGateway({
  supergraphSdl,
  sourceOf(name) {
    const address = addresses.get(name);
    if (!address) throw new Error(`The supergraph does not say where ${name} answers.`);
    return sourceAt(address);
  },
});

interface Checked {
  readonly document?: DocumentNode;
  readonly errors: readonly GraphQLError[];
}
const checked = boundedCache<Checked>(KEEP);

function check(query: string): Checked {
  try {
    const document = parse(query);
    return { document, errors: validate(gateway.schema, document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

interface Received {
  readonly query?: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

async function answer({ body }: HttpRequest) {
  const { query = '', operationName = null, variables } = JSON.parse(body.toString()) as Received;
  const { document, errors } = checked.get(query, () => check(query));
  if (!document || errors.length > 0) return json(OK, { errors });
  return json(OK, await gateway.execute({ document, operationName, variables: variables ?? {} }));
}

const http = await serveHttp({
  port: Number(port),
  host: '127.0.0.1',
  bodyAtMost: BODY_AT_MOST,
  onFault: (error) => process.stderr.write(`${String(error)}\n`),
  routes: { 'POST /graphql': answer, 'GET /health': () => json(OK, {}) },
});
process.stdout.write(`http://127.0.0.1:${http.port}/graphql\n`);
